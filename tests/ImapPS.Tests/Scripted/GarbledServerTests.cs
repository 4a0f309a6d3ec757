using System.Globalization;
using System.Text;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Scripted;

/// <summary>
/// A server whose answers were changed at random: nothing hangs, nothing is an error that was not foreseen, no password is in a log.
/// IMAPPS_TEST_FUZZ says how many.
/// </summary>
public sealed class GarbledServerTests : ScriptedTest
{
    private const string Password = "correct-horse-battery";
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(30);

    private const string Work =
        """
        $null = Connect-Imap 127.0.0.1 -Port $port -Security None -AllowPlaintext -Credential $credential -RetryCount 0 -TimeoutSeconds 2 -ProtocolLogPath $log
        Get-ImapFolder
        Get-ImapMessage -Include Preview
        Get-ImapMessage -Subject text | Get-ImapMessageContent
        Get-ImapMessage -First 1 | Move-ImapMessage Archive
        Wait-ImapMessage -Subject nothing -TimeoutSeconds 0
        Get-ImapSession | Where-Object UserName -eq $credential.UserName | Disconnect-Imap
        """;

    public static TheoryData<string> Capabilities =>
    [
        "IMAP4rev1 LITERAL+ IDLE UIDPLUS MOVE NAMESPACE SPECIAL-USE",
        "IMAP4rev1 LITERAL+ IDLE UIDPLUS MOVE NAMESPACE ESEARCH LIST-EXTENDED LIST-STATUS CONDSTORE OBJECTID PREVIEW SASL-IR AUTH=PLAIN",
        "IMAP4rev1",
    ];

    [Theory]
    [MemberData(nameof(Capabilities))]
    public async Task Nothing_hangs_and_nothing_is_unforeseen(string capabilities)
    {
        string log = Path.GetTempFileName();

        // Sessions are those of the whole process, and other tests have theirs.
        string user = string.Create(CultureInfo.InvariantCulture, $"alice-{Server.Port}");
        string[] secrets = [Password, Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{user}\0{Password}"))];
        Server.Capabilities = capabilities;
        var credential = new SandboxAccess("127.0.0.1", Server.Port, 0, "", user, Password).Credential;
        int cases = Amount.Fuzz / Capabilities.Count;
        for (int seed = 0; seed < cases; seed++)
        {
            Fill();
            var random = new Random(seed);
            int spared = random.Next(25);
            Server.Garble = octets => spared-- > 0 || random.Next(3) > 0 ? octets : Mutation.Of(octets, random);

            File.WriteAllText(log, "");
            Task<EngineResult> work = RunAsync(Work, ("log", log), ("credential", credential));
            Assert.True(await Task.WhenAny(work, Task.Delay(_longest, Cancellation)) == work, Said(seed, "hangs"));

            EngineResult result = await work;
            Assert.All(result.AllErrors, error =>
                Assert.False(error.FullyQualifiedErrorId.StartsWith("Unexpected", StringComparison.Ordinal)
                    || !error.FullyQualifiedErrorId.Contains(",ImapPS.Commands.", StringComparison.Ordinal),
                    Said(seed, $"{error.FullyQualifiedErrorId}: {error.Exception}")));
            string logged = File.ReadAllText(log);
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, logged, StringComparison.Ordinal));
            Server.Garble = null;
            Run("Get-ImapSession | Where-Object UserName -eq $user | Disconnect-Imap -ErrorAction Ignore", ("user", user));
        }

        File.Delete(log);
    }

    [Fact]
    public void What_the_client_does_not_send_to_such_a_server_is_not_supported_there()
    {
        Server.Capabilities = "IMAP4rrev1 MOVE UIDPLUS";
        Fill();
        Connect();
        AssertError(Run("Get-ImapMessage | Move-ImapMessage Archive"), "NotSupportedByServer");
    }

    private string Said(int seed, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"Seed {seed}: {what}\n{string.Join('\n', Server.Transcript.TakeLast(40))}");

    private void Fill()
    {
        Server.Mailbox.Folders.Clear();
        foreach (string folder in new[] { "INBOX", "Archive", "Entwürfe/Q&A" }) Server.Mailbox.CreateFolder(folder);
        for (int i = 1; i <= 3; i++)
        {
            Server.Mailbox.Deliver("INBOX", string.Create(CultureInfo.InvariantCulture,
                $"From: =?utf-8?q?A?= <a@example.org>\r\nMessage-ID: <{i}@x>\r\nSubject: text {i}\r\n\r\nCode {i}4711.\r\n"));
        }
    }
}

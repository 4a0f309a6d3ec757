using System.Management.Automation;
using System.Text;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Scripted;

/// <summary>A server that repeats what it refuses: the secret is nowhere, whatever it stands in.</summary>
public sealed class EchoTests : ScriptedTest
{
    private const string Secret = "Tr0ub4dor&3+x";

    public static TheoryData<string, string> Logins => new()
    {
        { "", "-Credential $mine" },
        { " AUTH=PLAIN SASL-IR", "-Credential $mine" },
        { " AUTH=LOGIN", "-Credential $mine" },
        { " AUTH=XOAUTH2 SASL-IR", "-AccessToken $secret -UserName alice" },
        { " AUTH=OAUTHBEARER SASL-IR", "-AccessToken $secret -UserName alice" },
    };

    [Theory]
    [MemberData(nameof(Logins))]
    public void A_secret_that_is_repeated_is_told_to_nobody(string capabilities, string login)
    {
        Server.Capabilities = "IMAP4rev1 LITERAL+" + capabilities;
        Server.On(command => command.Verb is "LOGIN" or "AUTHENTICATE" or "",
            ScriptedReply.Lines(command => $"NO refused {command.Line} {Decoded(command.Line)} {Secret} "
                + $"{Convert.ToBase64String(Encoding.UTF8.GetBytes("xy" + Secret))}"));
        string log = Path.GetTempFileName();
        try
        {
            EngineResult result = Run(
                "$mine = [pscredential]::new('alice', (ConvertTo-SecureString $secret -AsPlainText)); "
                + "Connect-Imap 127.0.0.1 -Port $port -Security None -AllowPlaintext -RetryCount 0 -ProtocolLogPath $log "
                + $"{login} -Verbose; "
                + $"Test-ImapConnection 127.0.0.1 -Port $port -Security None -AllowPlaintext {login} | Format-List * | Out-String; "
                + "$Error | Format-List * -Force | Out-String",
                ("secret", Secret), ("log", log));
            ErrorRecord error = Assert.Single(result.AllErrors);
            Assert.StartsWith("AuthenticationFailed,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains("***", error.ToString(), StringComparison.Ordinal);
            string all = string.Join('\n', [.. result.Output.Select(text => $"{text}"), $"{error}", $"{error.Exception}",
                .. result.Verbose, File.ReadAllText(log)]);
            Assert.DoesNotContain(Secret, all, StringComparison.Ordinal);
            for (int i = 0; i < 3; i++)
            {
                string piece = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('x', i) + Secret))[4..12];
                Assert.DoesNotContain(piece, all, StringComparison.Ordinal);
            }
        }
        finally
        {
            File.Delete(log);
        }
    }

    private static string Decoded(string line)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(line.Split(' ')[^1])).Replace('\0', ' ').Replace('\u0001', ' ');
        }
        catch (FormatException)
        {
            return "";
        }
    }
}

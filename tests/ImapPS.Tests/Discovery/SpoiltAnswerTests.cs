using System.Buffers;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Net;
using System.Text;
using ImapPS.Discovery;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Discovery;

/// <summary>
/// DNS answers that are broken. What DnsClient throws holds the buffer of the answer, and with it mail that was in the buffer before:
/// nothing of it may be shown.
/// </summary>
public sealed class SpoiltAnswerTests : IAsyncLifetime
{
    private const string Secret = "SECRET-OF-ANOTHER-MAIL-";
    private const int HeaderLength = 12;

    private readonly DnsServer _dns = DnsServer.Start();
    private readonly ConcurrentQueue<string> _said = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _dns.Srv("_imaps._tcp.contoso.example", 0, 0, 993, "imap.contoso.example")
            .Srv("_imap._tcp.contoso.example", 0, 0, 143, "imap.contoso.example")
            .Mx("contoso.example", 10, "mx.contoso.example").A("imap.contoso.example").Aaaa("mail.contoso.example");
        return default;
    }

    public ValueTask DisposeAsync() => _dns.DisposeAsync();

    [Fact]
    public void An_answer_that_cannot_be_read_tells_nothing_of_the_memory()
    {
        _dns.Spoil = Loop;
        FillBuffers();
        using var engine = new PowerShellEngine(new EngineOptions { NonInteractive = true });
        EngineResult result = engine.Invoke("Resolve-ImapServer alice@contoso.example -DnsServer $dns -Verbose 4>&1",
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["dns"] = _dns.Address });
        ErrorRecord error = Assert.Single(result.AllErrors);
        Assert.Equal("ServerNotFound,ImapPS.Commands.ResolveImapServerCommand", error.FullyQualifiedErrorId);
        Assert.Contains($"The DNS server {_dns.Address} sent an answer that cannot be read.", error.Exception.Message,
            StringComparison.Ordinal);
        Assert.Null(error.Exception.InnerException);
        AssertClean([error.Exception.Message, error.ToString(), .. result.Output.Select(line => line.ToString())]);
    }

    [Theory]
    [InlineData("id", "sent the answer to another question.")]
    [InlineData("refused", "refused to answer.")]
    [InlineData("failed", "could not find the answer (SERVFAIL).")]
    [InlineData("tiny", "cannot be reached, or its answer is not complete.")]
    [InlineData("lie", "cannot be reached, or its answer is not complete.")]
    public async Task Each_kind_has_its_words(string kind, string words)
    {
        _dns.Spoil = answer => Spoilt(answer, kind);
        FillBuffers();
        ImapException failed = await Assert.ThrowsAsync<ImapException>(FindAsync);
        Assert.Equal(ImapErrorId.ServerNotFound, failed.Id);
        Assert.Equal($"No IMAP server was found for 'alice@contoso.example'. The DNS server {_dns.Address} {words}", failed.Message);
        AssertClean([TextOf(failed), .. _said]);
    }

    [Fact]
    public async Task Whatever_is_wrong_with_an_answer_it_is_told_in_our_words()
    {
        // The same answers each time.
        var random = new Random(20_26);
        _dns.Spoil = answer =>
        {
            lock (random) return Mutate(answer, random);
        };
        for (int i = 0; i < 200; i++)
        {
            FillBuffers();
            try
            {
                foreach (ImapServer server in await FindAsync()) _said.Enqueue($"{server} {server.Note}");
            }
            catch (ImapException failed)
            {
                Assert.Contains(failed.Id, new[] { ImapErrorId.ServerNotFound, ImapErrorId.Timeout });
                _said.Enqueue(TextOf(failed));
            }
        }

        Assert.Contains(_said, line => line.Contains("cannot be read", StringComparison.Ordinal));
        AssertClean(_said);
    }

    private static string TextOf(ImapException failed) =>
        $"{failed.Message} {failed.RecommendedAction} {failed.InnerException?.Message}";

    private static void AssertClean(IEnumerable<string> said) => Assert.All(said, line =>
    {
        Assert.DoesNotContain("DnsClient", line, StringComparison.Ordinal);
        Assert.DoesNotContain("[", line, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, line, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("[A-Za-z0-9+/=]{60}", line);
    });

    /// <summary>Leaves a secret in the buffers that the process shares.</summary>
    private static void FillBuffers()
    {
        byte[] secret = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(Secret, 4_096 / Secret.Length + 1)));
        byte[][] rented = [.. Enumerable.Range(0, 8).Select(_ => ArrayPool<byte>.Shared.Rent(4_096))];
        foreach (byte[] buffer in rented)
        {
            secret.AsSpan(0, 4_096).CopyTo(buffer);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The name of the record points to itself.</summary>
    private static byte[] Loop(byte[] answer)
    {
        int name = EndOfQuestion(answer);
        if (name >= answer.Length) return answer;

        answer[name] = (byte)(0xC0 | (name >> 8));
        answer[name + 1] = (byte)name;
        return answer;
    }

    private static byte[] Spoilt(byte[] answer, string kind)
    {
        int record = EndOfQuestion(answer);
        switch (kind)
        {
            case "id":
                answer[0] ^= 0xFF;
                return answer;
            case "refused":
            case "failed":
                answer[3] = (byte)(kind == "refused" ? 5 : 2);
                answer[7] = 0;
                return answer[..record];
            case "tiny":
                return answer[..5];
            default:
                // The record says that it is longer than the answer.
                if (record < answer.Length) answer[record + 10] = 2;
                return answer;
        }
    }

    private static byte[] Mutate(byte[] answer, Random random)
    {
        int record = EndOfQuestion(answer);
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            // Not the number of the answer: a wrong one is all that is then told.
            int at = random.Next(random.Next(4) == 0 ? 2 : Math.Min(record, answer.Length - 1), answer.Length);
            answer[at] = (byte)(random.Next(3) switch { 0 => 0xC0, 1 => random.Next(256), _ => answer[at] ^ (1 << random.Next(8)) });
        }

        // Cut short, it is not asked for again over TCP.
        answer[2] &= 0xFD;
        return random.Next(4) == 0 ? answer[..random.Next(1, answer.Length)] : answer;
    }

    private static int EndOfQuestion(byte[] answer) => Array.IndexOf(answer, (byte)0, HeaderLength) + 5;

    private async Task<IReadOnlyList<ImapServer>> FindAsync()
    {
        Assert.True(MailboxAddress.TryParse("alice@contoso.example", out MailboxAddress? mailbox));
        return await new ServerDiscovery(IPEndPoint.Parse(_dns.Address), () => new NoWeb(), _said.Enqueue)
            .FindAllAsync(mailbox, 60, Cancellation);
    }

    private sealed class NoWeb : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException("There is no web here.");
    }
}

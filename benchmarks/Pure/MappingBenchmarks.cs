using System;
using System.IO;
using System.Linq;
using System.Text;
using BenchmarkDotNet.Attributes;
using ImapPS.Benchmarks.Mail;
using ImapPS.Models;
using ImapPS.Reading;
using MailKit;
using MimeKit;

namespace ImapPS.Benchmarks.Pure;

/// <summary>What FETCH brought to the module's message.</summary>
public class MappingBenchmarks
{
    private const int Octets = 1_500;
    private const int Count = 100;
    private static readonly string[] _fields =
        ["Date", "From", "To", "Cc", "Bcc", "Reply-To", "Subject", "Message-ID", "In-Reply-To"];

    private readonly SearchResult _found = new("INBOX", 1, []);
    private readonly IMessageSummary[] _summaries = [.. Enumerable.Range(0, Count).Select(Summary)];

    /// <summary>Message objects, of which nothing is read.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int Map() => _summaries.Sum(summary => (int)Message(summary).Uid);

    /// <summary>Message objects, of which sender, subject and date are read.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int MapAndRead() => _summaries.Sum(summary => Read(Message(summary)));

    private static int Read(ImapMessage message) => message.From.Count + message.Subject.Length + (message.Date?.Second ?? 0);

    private static IMessageSummary Summary(int number)
    {
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(BenchmarkMail.Text(number, Octets)));
        using var message = MimeMessage.Load(text);
        var headers = new HeaderList();
        foreach (var header in message.Headers.Where(header => _fields.Contains(header.Field, StringComparer.OrdinalIgnoreCase)))
            headers.Add(header.Clone());
        return new MessageSummary(number)
        {
            UniqueId = new UniqueId((uint)number + 1),
            Flags = MessageFlags.Seen,
            Size = Octets,
            InternalDate = message.Date,
            Headers = headers,
            Body = new BodyPartText(new ContentType("text", "plain"), ""),
        };
    }

    private ImapMessage Message(IMessageSummary summary) => MessageMapping.ToModel(summary, FetchItems.Usual, 1, _found);
}

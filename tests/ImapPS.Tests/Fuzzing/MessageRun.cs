using System.Collections.Concurrent;
using System.Text;
using CsCheck;
using ImapPS.Errors;
using ImapPS.Sandbox;
using ImapPS.Tests.Content;
using ImapPS.Transfers;

namespace ImapPS.Tests.Fuzzing;

/// <summary>
/// Messages, changed at random, are read, and their attachments saved. <see cref="GarbledMessageTests"/> runs it in a process whose memory
/// ends early.
/// </summary>
public sealed class MessageRun
{
    private const int AtATime = 4;
    private const int LongestMessage = 10_000;
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    internal static readonly byte[][] Messages =
    [
        .. AwkwardMessages.ByName.Values.Where(message => message.Length < LongestMessage).Select(Encoding.Latin1.GetBytes),
        .. Enumerable.Range(1, 60).Select(number => Encoding.UTF8.GetBytes(Corpus.Message(number))),
        .. DemoMailbox.Messages(DateTimeOffset.UnixEpoch).Where(message => message.Length < LongestMessage),
        .. EnclosingMessages.All,
    ];

    private static readonly Gen<MessageCase> _cases = Gen.Select(
        Gen.Int[0, Messages.Length - 1],
        Edit.Any.Array[1, 4],
        Gen.Int[0, 999_999],
        (number, edits, options) => new MessageCase(number, edits, options));

    private readonly Findings _findings = new();
    private readonly ConcurrentBag<MessageWorker> _workers = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Every_message_is_read_and_its_attachments_are_saved()
    {
        await _cases.SampleAsync(TryAsync, iter: Amount.Fuzz * 5L, threads: AtATime);
        foreach (MessageWorker worker in _workers) await worker.DisposeAsync();
        _findings.Conclude();
    }

    private async Task TryAsync(MessageCase one)
    {
        byte[] message = one.Edits.Aggregate(Messages[one.Number], (octets, edit) => edit.Apply(octets));
        string Specimen() => $"{one}\n{Convert.ToBase64String(message)}";
        if (!_workers.TryTake(out MessageWorker? worker)) worker = new MessageWorker();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task<SaveResult> work = Task.Run(() => worker.WorkAsync(message, one.Options, Cancellation), Cancellation);
        if (await Task.WhenAny(work, Task.Delay(_longest, over.Token)) != work)
        {
            _findings.Add("It hangs", Specimen);
            return;
        }

        await over.CancelAsync();
        string end = "nothing to save";
        try
        {
            SaveResult result = await work;
            if (result.Saved.Count > 0) end = "saved";
            List<ImapException> errors = [.. result.Errors.Select(error => error.Exception)];
            if (result.Failure is { } failure) errors.Add(failure);
            foreach (ImapException error in errors)
            {
                _findings.Expects(error, Specimen);
                end = error.Id.ToString();
            }
        }
        catch (Exception failure)
        {
            // Not even what a user could make something of: a message is read, whatever it is.
            _findings.Add($"{failure.GetType().Name} {failure.Message}", () => $"{failure}\n{Specimen()}");
        }

        if (worker.TakeStrays() is { Count: > 0 } strays) _findings.Add("A file is elsewhere", () => $"{strays[0]}\n{Specimen()}");
        _findings.Count(end);
        _workers.Add(worker);
    }

    /// <param name="Number">The message.</param>
    /// <param name="Edits">Its changes.</param>
    /// <param name="Options">What else there is, by remainders.</param>
    private sealed record MessageCase(int Number, Edit[] Edits, int Options)
    {
        public override string ToString() => $"{Number}, [{string.Join(", ", (object[])Edits)}], {Options}";
    }
}

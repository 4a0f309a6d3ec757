using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Benchmarks.Mail;
using ImapPS.Benchmarks.Rows;
using ImapPS.Benchmarks.Tools;
using ImapPS.Sandbox;

namespace ImapPS.Benchmarks.Running;

/// <summary>The mailbox and the directories of one row. All that it does is outside of the timing.</summary>
internal sealed class Stage : IDisposable
{
    private const string Marked = "SUBJECT invoice";

    private readonly Row _row;
    private readonly MailUser _user;
    private readonly string _directory = Directory.CreateTempSubdirectory("imapps-bench-").FullName;
    private readonly bool _changes;

    private Stage(Row row, DovecotServer server)
    {
        _row = row;
        _user = server.CreateUser();
        _changes = row.Work is Work.Move or Work.Flag;
    }

    private string Source => _row.Work is Work.Import ? Path.Combine(_directory, "source") : "";

    /// <summary>Fills a mailbox for a row, and lets the server build its indexes.</summary>
    public static async Task<Stage> SetAsync(Row row, DovecotServer server, CancellationToken cancellationToken)
    {
        var stage = new Stage(row, server);
        if (row.Work is Work.Import) stage.WriteSource();
        else
        {
            foreach (var folder in stage.Passes(2).Select(pass => pass.Folder).Distinct(StringComparer.Ordinal))
            {
                stage._user.DeliverMany(folder, row.Count, number => BenchmarkMail.Seed(number, row.Octets));
                await stage.WarmAsync(folder, cancellationToken);
            }
        }

        return stage;
    }

    /// <summary>What a process is to do: two passes, or one.</summary>
    public WorkOrder Order(int port, int passes) => new(_row, port, _user.Name, _user.Password, Passes(passes), Source);

    /// <summary>Puts everything as it was before the first run.</summary>
    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        await using var client = await _user.ConnectAsync(cancellationToken);
        foreach (var pass in Passes(2))
        {
            if (_row.Work is Work.Save) Empty(pass.Target);
            if (Directory.Exists(pass.Target + ".state")) Directory.Delete(pass.Target + ".state", recursive: true);
            if (_row.Work is Work.Flag) await UnflagAsync(client, pass.Folder, cancellationToken);
            if (_row.Work is Work.Move) await MoveBackAsync(client, pass, cancellationToken);
            if (_row.Work is Work.Import) await EmptyAsync(client, pass.Target, cancellationToken);
        }
    }

    /// <summary>Throws unless a tool has done what it was told to.</summary>
    public async Task CheckAsync(string tool, int passes, CancellationToken cancellationToken)
    {
        await using var client = await _user.ConnectAsync(cancellationToken);
        foreach (var pass in Passes(passes))
        {
            var (done, expected) = _row.Work switch
            {
                Work.Save => (SavedFiles(), _row.Count * passes),
                Work.Import => (await MessagesAsync(pass.Target), _row.Count),
                Work.Move => (await MessagesAsync(pass.Target), _row.Count / 2),
                Work.Flag => ((await client.UidsAsync(pass.Folder, "FLAGGED", cancellationToken)).Count, _row.Count / 2),
                _ => (0, 0),
            };
            if (done != expected) throw new InvalidOperationException($"{tool} did {done} messages of {expected}.");
        }

        async Task<int> MessagesAsync(string folder) => (await client.UidsAsync(folder, "ALL", cancellationToken)).Count;
    }

    public void Dispose()
    {
        _user.Discard();
        Directory.Delete(_directory, recursive: true);
    }

    private Pass[] Passes(int count) => [.. Enumerable.Range(1, count).Select(number => _row.Work switch
    {
        Work.Save => new Pass("Work", Path.Combine(_directory, $"saved{number}")),
        Work.Import => new Pass("-", $"Import{number}"),
        Work.Move => new Pass($"Work{number}", $"Done{number}"),
        Work.Flag => new Pass($"Work{number}"),
        _ => new Pass("Work"),
    })];

    private void WriteSource()
    {
        Directory.CreateDirectory(Source);
        for (var number = 0; number < _row.Count; number++)
            File.WriteAllText(Path.Combine(Source, $"{number:D6}.eml"), BenchmarkMail.Text(number, _row.Octets));
    }

    // mbsync saves into the last pass's directory, in folders of its own, with notes beside.
    private int SavedFiles() => Directory.EnumerateDirectories(_directory, "saved*")
        .Where(directory => !directory.EndsWith(".state", StringComparison.Ordinal))
        .SelectMany(directory => Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories))
        .Count(file => !Path.GetFileName(file).StartsWith('.'));

    private static void Empty(string directory)
    {
        if (Directory.Exists(directory)) Directory.Delete(directory, recursive: true);
        Directory.CreateDirectory(directory);
    }

    private static async Task UnflagAsync(RawImapClient client, string folder, CancellationToken cancellationToken)
    {
        await client.CommandAsync($"SELECT {folder}", cancellationToken);
        await client.CommandAsync(@"STORE 1:* -FLAGS.SILENT (\Flagged)", cancellationToken);
    }

    private async Task MoveBackAsync(RawImapClient client, Pass pass, CancellationToken cancellationToken)
    {
        _user.CreateFolder(pass.Target);
        await client.CommandAsync($"SELECT {pass.Target}", cancellationToken);
        await client.CommandAsync($"UID MOVE 1:* {pass.Folder}", cancellationToken);
        await WarmAsync(pass.Folder, cancellationToken);
    }

    private static async Task EmptyAsync(RawImapClient client, string folder, CancellationToken cancellationToken)
    {
        var there = await client.CommandAsync($"LIST \"\" {folder}", cancellationToken);
        if (there.Untagged.Count > 0) await client.CommandAsync($"DELETE {folder}", cancellationToken);
        await client.CommandAsync($"CREATE {folder}", cancellationToken);
    }

    // Dovecot notes what was asked for once, and answers from its index from then on.
    private async Task WarmAsync(string folder, CancellationToken cancellationToken)
    {
        const string Items = "FLAGS RFC822.SIZE INTERNALDATE BODYSTRUCTURE ENVELOPE BODY.PEEK[HEADER.FIELDS "
            + "(DATE FROM TO CC BCC REPLY-TO SUBJECT MESSAGE-ID IN-REPLY-TO)]";
        const int Window = 10_000;
        await using var client = await _user.ConnectAsync(cancellationToken);
        await client.CommandAsync($"SELECT {folder}", cancellationToken);
        for (var first = 1; first <= _row.Count; first += Window)
            await client.CommandAsync($"FETCH {first}:{Math.Min(_row.Count, first + Window - 1)} ({Items})", cancellationToken);
        if (_changes) await client.CommandAsync($"UID SEARCH {Marked}", cancellationToken);
    }
}

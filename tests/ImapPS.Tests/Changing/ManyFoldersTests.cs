using System.Management.Automation;
using ImapPS.Changing;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Changing;

/// <summary>Messages of many folders in one pipeline: few commands, and a bound to what is held.</summary>
public sealed class ManyFoldersTests(MailServer mail) : ChangeTest(mail)
{
    private const int Folders = 50;
    private const int Each = 200;
    private const int Bound = 1_000;

    private static readonly IEnumerable<int> _folders = Enumerable.Range(0, Folders);
    private static readonly IEnumerable<int> _uids = Enumerable.Range(1, Each);

    [Fact]
    public void A_folder_after_the_other_is_a_command_a_folder()
    {
        (MessageGathering gathering, List<MessageBatch> sent) = Gather(_folders.SelectMany(folder => _uids.Select(uid => (folder, uid))));
        Assert.Equal(Bound, gathering.Most);
        Assert.Equal(_folders.Select(folder => Text($"F{folder:00}")), sent.Select(batch => batch.Folder));
        Assert.All(sent, batch => Assert.Equal(Each, batch.Count));
    }

    [Fact]
    public void Folders_that_come_mixed_wait_for_the_bound()
    {
        (MessageGathering gathering, List<MessageBatch> sent) = Gather(_uids.SelectMany(uid => _folders.Select(folder => (folder, uid))));
        Assert.Equal(Bound, gathering.Most);
        Assert.Equal(Folders * Each, sent.Sum(batch => batch.Count));

        // No batch that the bound sends is smaller than its share.
        Assert.InRange(sent.Count, 1, (Folders * Each / (Bound / Folders)) + Folders);
    }

    [Fact]
    public void A_large_folder_is_sent_when_the_next_one_begins()
    {
        (MessageGathering gathering, List<MessageBatch> sent) = Gather(Runs(folders: 5, times: 1, each: 3 * Bound), limit: 10 * Bound);
        Assert.Equal(3 * Bound, gathering.Most);
        Assert.Equal(Enumerable.Repeat(3 * Bound, 5), sent.Select(batch => batch.Count));
    }

    [Fact]
    public void Large_runs_that_come_mixed_are_large_commands()
    {
        (MessageGathering gathering, List<MessageBatch> sent) = Gather(Runs(folders: 3, times: 4, each: Bound), limit: 10 * Bound);
        Assert.Equal(Bound, gathering.Most);
        Assert.Equal(Enumerable.Repeat(Bound, 3 * 4), sent.Select(batch => batch.Count));
    }

    [Fact]
    public void Small_runs_that_come_mixed_wait_until_they_are_a_large_command()
    {
        (MessageGathering gathering, List<MessageBatch> sent) = Gather(Runs(folders: 3, times: 100, each: 30), limit: 10 * Bound);
        Assert.InRange(gathering.Most, Bound, 3 * (Bound + 30));
        Assert.Equal(3 * 3, sent.Count);
        Assert.All(sent, batch => Assert.InRange(batch.Count, 900, Bound + 30));
    }

    [Fact]
    public void Nothing_is_sent_where_all_must_have_arrived()
    {
        List<MessageBatch> early = [];
        var gathering = new MessageGathering((_, batch) => early.Add(batch));
        foreach ((int folder, int uid) in Runs(folders: 5, times: 1, each: 3 * Bound)) Add(gathering, folder, uid, long.MaxValue);
        Assert.Empty(early);
        Assert.Equal(5 * 3 * Bound, gathering.Count);
    }

    [Fact]
    public void A_message_that_is_there_counts_once()
    {
        (MessageGathering gathering, List<MessageBatch> sent) = Gather(Enumerable.Repeat((0, 1), 3 * Bound));
        Assert.Equal(1, gathering.Most);
        Assert.Equal(1, Assert.Single(sent).Count);
    }

    [Fact]
    public async Task What_is_moved_of_fifty_folders()
    {
        foreach (int folder in _folders)
        {
            User.DeliverMany(Text($"Lists/F{folder:00}"), Each, _ => new SeedMessage("Subject: x\r\n\r\nx\r\n"));
        }

        Connect();
        int most = LanguagePrimitives.ConvertTo<int>(Assert.Single(Succeed(
            """
            $seen = 0; $most = 0
            . {
                foreach ($folder in 0..49) {
                    foreach ($uid in 1..200) { [pscustomobject]@{ Folder = 'Lists/F{0:00}' -f $folder; Uid = $uid } }
                    $seen += 200
                    $sent = 200 * @($proxy.Commands | Where-Object Verb -eq 'UID MOVE').Count
                    $most = [Math]::Max($most, $seen - $sent)
                }
            } | Remove-ImapMessage -BatchSize 1000
            $most
            """,
            ("proxy", Proxy))));
        Assert.InRange(most, 1, Bound);
        Assert.Equal(Folders, Proxy.Count("UID MOVE"));
        Assert.Equal(Folders * Each, await CountAsync("Trash"));
    }

    /// <summary>So many messages of the first folder, of the second and so on, and then the next ones of the first.</summary>
    private static IEnumerable<(int Folder, int Uid)> Runs(int folders, int times, int each) =>
        from time in Enumerable.Range(0, times)
        from folder in Enumerable.Range(0, folders)
        from uid in Enumerable.Range((time * each) + 1, each)
        select (folder, uid);

    private static (MessageGathering Gathering, List<MessageBatch> Sent) Gather(IEnumerable<(int Folder, int Uid)> messages,
        long limit = Bound)
    {
        List<MessageBatch> sent = [];
        var gathering = new MessageGathering((_, batch) => sent.Add(batch));
        foreach ((int folder, int uid) in messages) Add(gathering, folder, uid, limit);

        foreach (BatchKey key in gathering.Keys) gathering.Send(key);
        Assert.Equal(0, gathering.Count);
        return (gathering, sent);
    }

    private static void Add(MessageGathering gathering, int folder, int uid, long limit)
    {
        var message = new ImapMessage { Folder = Text($"F{folder:00}"), Uid = (uint)uid };
        gathering.Add(new BatchKey(1, message.Folder, null), message, _ => false, limit);
    }
}

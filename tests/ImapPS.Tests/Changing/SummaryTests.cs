using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Changing;

public sealed class SummaryTests(MailServer mail) : ChangeTest(mail)
{
    private static readonly DateTimeOffset _first = new(2020, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Get-ImapMessage | Move-ImapMessage Trash -BatchSize 10", "Move-ImapMessage", 3)]
    [InlineData("1..30 | ForEach-Object { [pscustomobject]@{ Folder = 'INBOX'; Uid = $_ } } | Copy-ImapMessage Trash -BatchSize 20",
        "Copy-ImapMessage", 2)]
    [InlineData("Get-ImapMessage | Remove-ImapMessage", "Remove-ImapMessage", 1)]
    [InlineData("Get-ImapMessage | Remove-ImapMessage -Permanent -Force", "Remove-ImapMessage", 1)]
    [InlineData("Get-ImapMessage | Set-ImapMessage -Read", "Set-ImapMessage", 1)]
    [InlineData("Clear-ImapFolder INBOX -Force", "Clear-ImapFolder", 1)]
    public void It_counts_what_was_changed(string command, string name, int batches)
    {
        User.DeliverMany("INBOX", 30, i => new SeedMessage(Message(Text($"message {i}")), new MessageState(Received: _first.AddDays(i))));
        Connect();
        long bytes = Succeed("Get-ImapMessage").Sum(message => Property<long>(message, "Size"));
        PSObject summary = Assert.Single(Succeed($"{command} -Summary"));
        Assert.Equal(name, Property<string>(summary, "Command"));
        Assert.Equal([30, bytes, batches, 0, 0], Numbers(summary, "Messages", "Bytes", "Batches", "Retries", "Errors"));
        Assert.Equal([_first, _first.AddDays(29)],
            [Property<DateTimeOffset>(summary, "Oldest"), Property<DateTimeOffset>(summary, "Newest")]);
        Assert.True(Property<TimeSpan>(summary, "Elapsed") > TimeSpan.Zero);
    }

    [Fact]
    public void An_import_as_well()
    {
        Connect();
        EngineResult result =
            Run("Import-ImapMessage INBOX -Content \"Subject: x`r`n`r`nx`r`n\", '', \"Subject: y`r`n`r`ny`r`n\" "
            + "-Summary -Received 2020-01-01Z -ErrorAction SilentlyContinue");
        PSObject summary = Assert.Single(result.Output);
        Assert.Equal([2, 34, 1, 1], Numbers(summary, "Messages", "Bytes", "Batches", "Errors"));
        Assert.Equal(2020, Property<DateTimeOffset>(summary, "Newest").UtcDateTime.Year);
    }

    [Fact]
    public void It_comes_last_and_counts_errors()
    {
        Deliver(3);
        Connect();
        EngineResult result =
            Run("1, 2, 77, 3 | ForEach-Object { [pscustomobject]@{ Folder = 'INBOX'; Uid = $_ } } | Move-ImapMessage "
            + "Trash -PassThru -Summary");
        AssertError(result, "MessageNotFound");
        Assert.Equal(4, result.Output.Count);
        Assert.Equal([3, 1], [Property<long>(result.Output[3], "Messages"), Property<long>(result.Output[3], "Errors")]);
    }

    [Theory]
    [InlineData("UID MOVE", "Move-ImapMessage Trash")]
    [InlineData("UID COPY", "Copy-ImapMessage Trash")]
    [InlineData("UID STORE", "Set-ImapMessage -Read")]
    [InlineData("UID EXPUNGE", "Remove-ImapMessage -Permanent -Force")]
    public void Retries_are_counted(string verb, string command)
    {
        Deliver(10);
        Connect();
        Proxy.On(verb, ProxyAction.CutBefore, times: 2);
        PSObject summary = Assert.Single(Succeed($"Get-ImapMessage | {command} -Summary"));
        Assert.Equal([10, 2], [Property<long>(summary, "Messages"), Property<long>(summary, "Retries")]);
    }

    [Fact]
    public void Nothing_is_counted_in_a_trial()
    {
        Deliver(3);
        Connect();
        PSObject summary = Assert.Single(Succeed("Get-ImapMessage | Move-ImapMessage Trash -Summary -WhatIf"));
        Assert.Equal([0, 0, 0], Numbers(summary, "Messages", "Bytes", "Batches"));
        Assert.Null(summary.Properties["Oldest"].Value);
        AssertNothingWasChanged();
    }

    [Theory]
    [InlineData("", new[] { -1, -1, 100 })]
    [InlineData("-MaxMessages 30", new[] { 33, 66, 100 })]
    public void Progress_counts_the_whole_run_and_ends_once(string parameters, int[] percents)
    {
        Deliver(30);
        Connect();
        Succeed("$all = Get-ImapMessage");
        Proxy.On("UID MOVE", ProxyAction.Run(() => Task.Delay(300, Cancellation)), times: 3);
        IReadOnlyList<ProgressRecord> progress = Run($"$all | Move-ImapMessage Trash -BatchSize 10 {parameters}").Progress;
        Assert.Equal(percents, progress.SkipLast(1).Select(record => record.PercentComplete));
        Assert.Equal(["10", "20", "30"], progress.SkipLast(1).Select(record => record.StatusDescription.Split(' ')[0]));
        Assert.Equal(["Completed"], progress.Where(record => record.RecordType == ProgressRecordType.Completed)
            .Select(record => record.RecordType.ToString()));
        Assert.Equal(ProgressRecordType.Completed, progress[^1].RecordType);
    }

    private static IEnumerable<long> Numbers(PSObject summary, params string[] properties) =>
        properties.Select(property => Property<long>(summary, property));
}

using CsCheck;
using ImapPS.Models;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Filters;

/// <summary>Get-ImapMessage -Filter is Get-ImapMessage | Where-Object, only quicker.</summary>
public sealed class FilterParameterTests(MailServer mail) : ModuleTest(mail)
{
    private const int Filters = 300;
    private const int Messages = 40;

    [Fact]
    public void The_result_is_Where_Object_s()
    {
        foreach ((byte[] raw, MessageState state) in AwkwardMailbox.Messages()) User.Deliver("INBOX", raw, state);
        Connect();
        Succeed($"$messages = @(Get-ImapMessage); {RandomFilters.Scope}");
        var random = new RandomFilters([.. Succeed("$messages").Select(message => (ImapMessage)message.BaseObject)]);
        FilterText[] filters = random.Filter.Array[Filters].Generate(new PCG(99, 20260302), null, out _);
        foreach (FilterText filter in filters)
        {
            EngineResult result =
                Run($"$filter = {{ {filter} }}; \"$((Get-ImapMessage -Filter $filter).Uid)\"; \"$(($messages | "
                + "Where-Object $filter).Uid)\"");
            Assert.True(result.Output.Count == 2 && Equals(result.Output[1].BaseObject, result.Output[0].BaseObject),
                $"{{ {filter} }}: {string.Join(" / ", result.Output)} {result.TerminatingError}");
        }
    }

    [Theory]
    [InlineData("-not $_.IsRead", 20)]
    [InlineData("$_.IsRead -and $_.IsFlagged", 4)]
    [InlineData("$_.Flags -band 'Flagged'", 8)]
    [InlineData("$_.Size -gt 4KB", Messages)]
    [InlineData("$_.From -like '*@contoso.com'", 5)]
    [InlineData("$_.From.Address -in 'bob@contoso.com', 'carol@contoso.net'", 5)]
    [InlineData("$_.From[0].Name -eq 'Bob'", 5)]
    [InlineData("$_.Subject -match '^Weekly'", 4)]
    [InlineData("$_.Subject -like 'Weekly*'", 4)]
    [InlineData("$_.Subject -eq 'weekly report 10'", 4)]
    [InlineData("$_.Subject.StartsWith('Weekly')", 4)]
    [InlineData("$_.Keywords -contains 'work'", 10)]
    [InlineData("$_.Uid -le 3", 3)]
    [InlineData("$_.Received -lt [DateTimeOffset]'2026-01-05T12:00:00Z'", 6)]
    [InlineData("$_.Received -lt $cutoff -and -not $_.IsRead", 3)]
    [InlineData("$_.IsRead -and $_.HasAttachment", 20)]
    [InlineData("$false -and $_.IsRead", 0)]
    [InlineData("$_.IsRead -or $_.HasAttachment", Messages)]
    [InlineData("$_.Subject -notlike 'Weekly*'", Messages)]
    [InlineData("$_.HasAttachment", Messages)]
    public void The_server_narrows(string filter, int fetched)
    {
        User.DeliverMany("INBOX", Messages, i => new SeedMessage(
            Message(i % 10 == 0
                ? $"Weekly report {i}" : $"note {i}", i % 8 == 0 ? "Bob <bob@contoso.com>"
                : "Alice <alice@example.org>", body: new string('x', i == 7 ? 5000 : 10)),
            new MessageState(
                new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero).AddDays(i),
                (i % 2 == 0 ? SystemFlags.Seen : SystemFlags.None) | (i % 5 == 0 ? SystemFlags.Flagged : SystemFlags.None),
                i % 4 == 0 ? ["Work"] : [])));
        Connect();

        // The first search for a text finds out whether texts are found by a piece at all.
        Succeed("Get-ImapMessage -Subject '*no such*'");
        Proxy.Clear();
        Succeed($"$cutoff = [DateTimeOffset]'2026-01-05T12:00:00Z'; $found = @(Get-ImapMessage -Filter {{ {filter} }})");
        Assert.Equal(fetched, Proxy.FetchResponses);
        Assert.Equal(0, Succeed(
            $"$wanted = @(Get-ImapMessage | Where-Object {{ {filter} }}); [Math]::Abs($wanted.Count - $found.Count)")[0].BaseObject);
    }

    [Fact]
    public void What_was_found_before_the_block_throws_has_been_written()
    {
        for (int i = 1; i <= 8; i++) User.Deliver("INBOX", Message($"{i}"));
        Connect();
        EngineResult result = Run("Get-ImapMessage -Filter { if ($_.Uid -eq 5) { throw 'enough' }; $true } -Skip 1");
        Assert.Equal(["2", "3", "4"], Subjects(result.Output));
        Assert.Single(result.AllErrors);
    }

    [Fact]
    public void What_a_command_upstream_sets_is_there()
    {
        for (int i = 1; i <= 3; i++) User.Deliver("INBOX", Message($"{i}"));
        Connect();
        Assert.Equal(["2"], Subjects(
            Succeed("'INBOX' | ForEach-Object { $wanted = 2; $_ } | Get-ImapMessage -Filter { $_.Uid -eq $wanted }")));
    }
}

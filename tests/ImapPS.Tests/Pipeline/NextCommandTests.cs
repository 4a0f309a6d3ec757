using ImapPS.Sandbox;

namespace ImapPS.Tests.Pipeline;

/// <summary>
/// A listing whose messages go straight into a cmdlet of the module asks for no more than that one looks at. Whoever else may see the
/// messages gets all of them.
/// </summary>
public sealed class NextCommandTests(MailServer mail) : ModuleTest(mail)
{
    private const string Structure = "BODYSTRUCTURE";

    [Fact]
    public void Flags_of_what_the_server_found_exactly_take_no_FETCH_at_all()
    {
        Fill();
        Succeed("Get-ImapMessage -Subject 'report' | Set-ImapMessage -Flagged");

        Assert.Equal(0, Proxy.Count("UID FETCH"));
        Assert.Equal(5, Succeed("Get-ImapMessage -Flagged").Count);
    }

    [Theory]
    [InlineData("Get-ImapMessage -Subject '*report*7*' | Set-ImapMessage -Flagged", "FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)]")]
    [InlineData("Get-ImapMessage -Subject '*report*7*' | Move-ImapMessage Other",
        "FLAGS RFC822.SIZE BODY.PEEK[HEADER.FIELDS (SUBJECT MESSAGE-ID)]")]
    [InlineData("Get-ImapMessage INBOX -From 'al*ce@*' | Copy-ImapMessage Other",
        "FLAGS RFC822.SIZE BODY.PEEK[HEADER.FIELDS (FROM MESSAGE-ID)]")]
    [InlineData("Get-ImapMessage -Subject 'report' | Remove-ImapMessage -Permanent -Force",
        "FLAGS RFC822.SIZE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]")]
    [InlineData("1..1 | ForEach-Object { Get-ImapMessage -Larger 10 | Set-ImapMessage -Flagged }", "FLAGS RFC822.SIZE")]
    [InlineData("Get-ImapMessage -Uid 3 | Set-ImapMessage -Flagged", "FLAGS")]
    [InlineData("Get-ImapMessage | Save-ImapMessage $saved", "FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (DATE SUBJECT)]")]
    [InlineData("Get-ImapMessage | Save-ImapMessage $saved -NameTemplate '{From}/{Uid}'",
        "FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (FROM SUBJECT)]")]
    [InlineData("Get-ImapMessage | Save-ImapMessage $saved -NameTemplate '{Uid}' -SkipExisting",
        "FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (SUBJECT MESSAGE-ID)]")]
    [InlineData("Get-ImapMessage | Save-ImapMessage $saved -Format Maildir",
        "FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (SUBJECT)]")]
    [InlineData("Get-ImapMessage | Save-ImapMessage $saved/all.mbox",
        "FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (DATE FROM SUBJECT)]")]
    [InlineData("Get-ImapMessage | Save-ImapAttachment $saved", "FLAGS INTERNALDATE BODYSTRUCTURE")]
    public void What_is_asked_for(string script, string items)
    {
        Fill();
        DirectoryInfo saved = Directory.CreateTempSubdirectory("imapps-next-");
        Succeed(script, ("saved", saved.FullName));
        saved.Delete(recursive: true);

        // A second FETCH of the same would be one that did not find in the messages what it looks for.
        ProxyCommand fetch = Assert.Single(Proxy.Commands,
            command => command.Verb == "UID FETCH" && !command.Line.Contains("BODY.PEEK[])", StringComparison.Ordinal));
        string asked = fetch.Line[fetch.Line.IndexOf("FLAGS", StringComparison.Ordinal)..].TrimEnd().TrimEnd(')');
        Assert.Equal(items.TrimEnd(')'), asked.TrimEnd(')'));
    }

    [Theory]
    [InlineData("Get-ImapMessage -Subject '*report*' | Set-ImapMessage -Flagged -PassThru")]
    [InlineData("Get-ImapMessage -Subject '*report*' | Set-ImapMessage -Flagged -WhatIf")]
    [InlineData("Get-ImapMessage -Subject '*report*' | Set-ImapMessage -Flagged -Verbose")]
    [InlineData("$VerbosePreference = 'Continue'; Get-ImapMessage -Subject '*report*' | Set-ImapMessage -Flagged")]
    [InlineData("$WhatIfPreference = $true; Get-ImapMessage -Subject '*report*' | Set-ImapMessage -Flagged")]
    [InlineData("Get-ImapMessage -Subject '*report*' | Set-ImapMessage -Flagged -Summary")]
    [InlineData("Get-ImapMessage -Subject '*report*' -OutVariable kept | Set-ImapMessage -Flagged")]
    [InlineData("Get-ImapMessage -Subject '*report*' -PipelineVariable kept | Set-ImapMessage -Flagged")]
    [InlineData("Get-ImapMessage -Subject '*report*' | Where-Object Subject -like '*7' | Set-ImapMessage -Flagged")]
    [InlineData("Get-ImapMessage -Subject '*report*' | Tee-Object -Variable kept | Set-ImapMessage -Flagged")]
    [InlineData("Get-ImapMessage -Subject '*report*' | ForEach-Object { $_ | Set-ImapMessage -Flagged }")]
    [InlineData("$kept = Get-ImapMessage -Subject '*report*'; $kept | Set-ImapMessage -Flagged")]
    [InlineData("Get-ImapMessage -Filter { $_.Subject -like '*report*' } | Set-ImapMessage -Flagged")]
    [InlineData("Get-ImapMessage -Subject '*report*' | Set-ImapMessage -Message { $_ } -Flagged")]
    [InlineData("$taken = @{ Message = { $_ } }; Get-ImapMessage -Subject '*report*' | Set-ImapMessage @taken -Flagged")]
    [InlineData("Get-ImapMessage -SortBy Subject | Remove-ImapMessage -Force -KeepNewest 1")]
    [InlineData("function Mark { process { $_ | Set-ImapMessage -Flagged } }; Get-ImapMessage -Subject '*report*' | Mark")]
    [InlineData("Get-ImapMessage -Subject '*report*' | & { begin { 1 | ForEach-Object { } } process { $_ | Set-ImapMessage -Flagged } }")]
    public void Whoever_may_see_the_messages_gets_all_of_them(string script)
    {
        Fill();
        Run(script);

        Assert.Contains(Structure, Proxy.Commands.First(command => command.Verb == "UID FETCH").Line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("function Some { begin { $p = { Where-Object Subject -like '*7' | Set-ImapMessage -Flagged }.GetSteppablePipeline(); "
        + "$p.Begin($true) } process { $p.Process($_) } end { $p.End() } }; Get-ImapMessage -Subject '*report*' | Some")]
    [InlineData("Get-ImapMessage -Subject '*report*' | & { begin { $p = { Where-Object Subject -like '*7' | Set-ImapMessage -Flagged }"
        + ".GetSteppablePipeline(); $p.Begin($true) } process { $p.Process($_) } end { $p.End() } }")]
    [InlineData("Get-ImapMessage -Subject '*report*' | & { begin { @() | Set-ImapMessage -Read; $null | Set-ImapMessage -Read } "
        + "process { if ($_.Subject -like '*7') { Set-ImapMessage -Message $_ -Flagged } } }")]
    [InlineData("Get-ImapMessage -Subject '*report*' | & { process { if ($_.Subject -like '*7') { $_ } } } | Set-ImapMessage -Flagged")]
    [InlineData("& { Get-ImapMessage -Subject '*report*' } | Where-Object Subject -like '*7' | Set-ImapMessage -Flagged")]
    [InlineData("(Get-ImapMessage -Subject '*report*') | Where-Object Subject -like '*7' | Set-ImapMessage -Flagged")]
    public void A_pipeline_within_another_is_not_mistaken_for_it(string script)
    {
        Fill();
        Run(script);

        Assert.Equal(["report 7"], Succeed("(Get-ImapMessage -Flagged).Subject").Select(subject => subject.ToString()));
    }

    /// <summary>A group that is bound at once is counted, refused and taken message by message.</summary>
    [Theory]
    [InlineData("Get-ImapMessage -Subject '*r*' -First 3 | Set-ImapMessage -Flagged", 3, null)]
    [InlineData("Get-ImapMessage -Subject '*r*' -First 3 -Skip 1 | Set-ImapMessage -Flagged", 3, null)]
    [InlineData("Get-ImapMessage -Newest 2 -Subject '*r*' | Set-ImapMessage -Flagged", 2, null)]
    [InlineData("Get-ImapMessage -Subject '*r*' | Set-ImapMessage -Flagged -MaxMessages 4", 0, "LimitExceeded")]
    [InlineData("Get-ImapMessage -Subject '*r*' | Set-ImapMessage -Flagged -MaxMessages 5", 5, null)]
    [InlineData("Get-ImapMessage -Subject '*r*' | Set-ImapMessage -Flagged -MaxPercent 40", 0, "LimitExceeded")]
    [InlineData("Get-ImapMessage -Subject 'nothing' | Set-ImapMessage -Flagged", 0, null)]
    public void A_group_is_so_many_messages(string script, int flagged, string? error)
    {
        Fill();
        if (error is null) Succeed(script);
        else AssertError(Run(script), error);

        Assert.Equal(flagged, Succeed("Get-ImapMessage -Flagged").Count);
    }

    /// <summary>PowerShell's own trace tells how often it bound something that came down the pipeline.</summary>
    [Fact]
    public void Many_messages_are_bound_in_groups()
    {
        const int Messages = 600, MostGroups = 40;
        User.DeliverMany("INBOX", Messages, i => new SeedMessage(Message(Text($"report {i}"))));
        Connect();
        string trace = Path.GetTempFileName();
        Succeed("Trace-Command ParameterBinding -FilePath $trace -Force { Get-ImapMessage -Subject '*rep?rt*' | Set-ImapMessage -Flagged }",
            ("trace", trace));
        int bound = File.ReadLines(trace).Count(line => line.Contains("BIND PIPELINE object to parameters: [Set-ImapMessage]",
            StringComparison.Ordinal));
        File.Delete(trace);

        Assert.InRange(bound, 1, MostGroups);
        Assert.Equal(Messages, Succeed("Get-ImapMessage -Flagged").Count);
    }

    [Fact]
    public void A_message_that_went_from_one_to_the_other_is_found_again_when_the_connection_is_lost()
    {
        Fill();
        Proxy.On("UID MOVE", ProxyAction.CutAfterExecution);
        Succeed("Get-ImapMessage -Subject '*report*' | Move-ImapMessage Other");

        Assert.Equal(5, Succeed("Get-ImapMessage Other").Count);
        Assert.Equal(5, Succeed("Get-ImapMessage").Count);
    }

    private void Fill()
    {
        User.CreateFolder("Other");
        User.DeliverMany("INBOX", 10, i => new SeedMessage(Message(i % 2 == 0 ? Text($"invoice {i}") : Text($"report {i}"))));
        Connect();
    }
}

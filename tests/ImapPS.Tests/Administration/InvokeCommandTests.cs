using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Administration;

/// <summary>Commands in the user's own words, to Dovecot.</summary>
public sealed class InvokeCommandTests(MailServer mail) : ModuleTest(mail)
{
    [Fact]
    public void The_answer_is_an_object_that_survives_a_job()
    {
        User.CreateFolder("Entwürfe");
        Connect();
        PSObject result = Assert.Single(Succeed("Invoke-ImapCommand 'LIST \"\" \"Entw*\"'"));
        Assert.Equal("OK", Property<string>(result, "Status"));
        Assert.Contains("List completed", Property<string>(result, "Text"), StringComparison.Ordinal);
        Assert.Equal(["LIST (\\HasNoChildren) \"/\" Entw&APw-rfe"], Lines("$r.Untagged.Text", result));
        Assert.Equal(["LIST (\\HasNoChildren) \"/\" Entw&APw-rfe"],
            Lines("$f = New-TemporaryFile; $r | Export-Clixml $f; (Import-Clixml $f).Untagged | ForEach-Object Text; Remove-Item $f",
                result));
        Assert.Contains("Entw&APw-rfe", Engine.Format("Invoke-ImapCommand 'LIST \"\" \"Entw*\"'"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_selected_and_each_in_turn()
    {
        User.Deliver("One", Message("a"));
        User.Deliver("Two", Message("b"));
        Connect();
        Assert.Equal(["One|1 FETCH (UID 1 FLAGS ($Work))", "Two|1 FETCH (UID 1 FLAGS ($Work))"],
            Lines("Get-ImapFolder One, Two | Invoke-ImapCommand 'UID STORE 1 FLAGS ($Work)' | ForEach-Object { "
                + "\"$($_.Folder)|$($_.Untagged | Where-Object Text -like '*FETCH*')\" -replace '\\\\Recent |MODSEQ \\(\\d+\\) ' }"));
        Succeed("$null = Invoke-ImapCommand 'UID STORE 1 FLAGS (\\Flagged)' -Folder One -ReadOnly -SkipStatusCheck");
        Assert.Equal(["$Work"], Lines("(Get-ImapMessage One).Keywords"));
        AssertError(Run("Invoke-ImapCommand 'UID STORE 1 FLAGS ($Work)'"), "ArgumentInvalid");
        AssertError(Run("Invoke-ImapCommand NOOP -Folder nope"), "FolderNotFound");
        Assert.Equal(["NO"], Lines("(Invoke-ImapCommand 'STATUS nope (UIDNEXT)' -SkipStatusCheck).Status"));
    }

    [Fact]
    public void Messages_come_as_octets()
    {
        User.Deliver("INBOX", "Subject: Grüße\r\n\r\nx\r\n");
        Connect();
        Assert.Equal(["Subject: Grüße\r\n\r\nx\r\n"],
            Lines("(Invoke-ImapCommand 'FETCH 1 BODY.PEEK[]' -Folder INBOX -ReadOnly).Untagged.Literals.Value"));
        Assert.Equal(["APPENDUID"],
            Lines("(Invoke-ImapCommand 'APPEND INBOX' -Argument ([Text.Encoding]::UTF8.GetBytes(\"Subject: y`r`n`r`ny`r`n\"))).Code"));
        Assert.Equal(["2"], Lines("(Get-ImapMessage).Count"));
        Assert.Equal(["23", "True"],
            Lines("$f = New-TemporaryFile; Invoke-ImapCommand 'FETCH 1 BODY.PEEK[]' -Folder INBOX | Export-Clixml $f; "
                + "$l = @(@((Import-Clixml $f).Untagged)[0].Literals)[0]; $l.Size; $l.IsText; Remove-Item $f"));
    }

    /// <summary>A message that comes while the command is under way is in the next listing.</summary>
    [Fact]
    public void What_comes_meanwhile_is_seen()
    {
        User.Deliver("INBOX", Message("a"));
        Connect();
        Proxy.On("NOOP", ProxyAction.Run(() =>
        {
            User.Deliver("INBOX", Message("b"));
            return Task.CompletedTask;
        }));
        Assert.Contains("2 EXISTS", Lines("(Invoke-ImapCommand NOOP -Folder INBOX).Untagged.Text"));
        Assert.Equal(["a", "b"], Subjects(Succeed("Get-ImapMessage")));
    }

    [Fact]
    public async Task What_goes_meanwhile_is_not_mistaken_for_another()
    {
        for (int i = 1; i <= 3; i++) User.Deliver("INBOX", Message($"m{i}"));
        User.CreateFolder("Archive");
        Connect();
        Succeed("$all = Get-ImapMessage");
        Proxy.On("NOOP", ProxyAction.Run(() => OtherClientAsync("SELECT INBOX", "UID STORE 1 +FLAGS (\\Deleted)", "UID EXPUNGE 1")));
        Assert.Contains("1 EXPUNGE", Lines("(Invoke-ImapCommand NOOP -Folder INBOX).Untagged.Text"));
        Succeed("$all | Where-Object Subject -eq m2 | Move-ImapMessage Archive");
        Assert.Equal(["m3"], Subjects(Succeed("Get-ImapMessage")));
        Assert.Equal(["m2"], Subjects(Succeed("Get-ImapMessage Archive")));
        Assert.Equal(1, await CountAsync("INBOX"));
    }

    [Theory]
    [InlineData("after")]
    [InlineData("before")]
    [InlineData("middle")]
    public void A_cut_connection_is_not_a_second_try(string when)
    {
        User.CreateFolder("One");
        Connect();
        Proxy.On("CREATE", when switch
        {
            "after" => ProxyAction.CutAfterExecution,
            "before" => ProxyAction.CutBefore,
            _ => ProxyAction.CutMidResponse(3),
        });
        AssertError(Run("Invoke-ImapCommand 'CREATE New'"), "OutcomeUnknown");
        Assert.Equal(1, Proxy.Count("CREATE"));
        Assert.Equal(when == "before" ? [] : ["New"], Lines("Get-ImapFolder New* | ForEach-Object Path"));
        Assert.Equal(1, Proxy.Count("CREATE"));
    }

    [Fact]
    public void What_loses_mail_is_asked_about()
    {
        User.CreateFolder("One");
        Connect();
        AssertError(Run("Invoke-ImapCommand 'DELETE One'"), "ConfirmationRequired");
        string told = Engine.Format("Invoke-ImapCommand 'DELETE One' -WhatIf");
        Assert.Contains("DELETE One", told, StringComparison.Ordinal);
        Assert.Equal(0, Proxy.Count("DELETE"));
        Succeed("$null = Invoke-ImapCommand 'DELETE One' -Force");
        Assert.Empty(Lines("Get-ImapFolder One*"));
    }

    [Fact]
    public void A_connection_in_TLS_is_no_different()
    {
        Succeed("$null = Connect-Imap localhost -Port $tlsPort -Security Tls -CertificateThumbprint $thumbprint -Credential $credential");
        Assert.Equal(["OK"], Lines("(Invoke-ImapCommand 'LIST \"\" \"*\"').Status"));
    }

    private string[] Lines(string script, object? r = null) => [.. Succeed(script, ("r", r)).Select(line => $"{line}")];
}

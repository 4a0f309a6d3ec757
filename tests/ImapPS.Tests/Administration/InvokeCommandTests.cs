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

    /// <summary>Dovecot refuses these before it reads the literal, and would take unasked octets for commands.</summary>
    [Theory]
    [InlineData("APPEND INBOX, '(\\Seen)', $mail")]
    [InlineData("APPEND INBOX, '28 Nov 2026', $mail")]
    [InlineData("'APPEND INBOX (\\Foo)' $mail")]
    [InlineData("NOOP $mail")]
    [InlineData("XNONE $mail")]
    [InlineData("XNONE ([Text.Encoding]::ASCII.GetBytes($mail))")]
    [InlineData("XNONE (\"A1 DELETE Victim`r`n\" * 500)")]
    [InlineData("'SETMETADATA nope (/private/comment' $mail")]
    public void Text_is_never_a_command(string arguments)
    {
        User.CreateFolder("Victim");
        Connect();
        Run("$mail = \"From: a@b`r`nSubject: hi`r`n`r`nbody`r`nA1 DELETE Victim`r`n\"; "
            + $"Invoke-ImapCommand {arguments.Replace("APPEND INBOX,", "APPEND -Argument INBOX,", StringComparison.Ordinal)}");
        Assert.Equal(["Victim"], Lines("Get-ImapFolder Victim | ForEach-Object Path"));
        Assert.Equal(["OK"], Lines("(Invoke-ImapCommand NOOP).Status"));
        Assert.Equal(0, Proxy.Count("AUTHENTICATE"));
    }

    /// <summary>Dovecot neither refuses this nor asks for the literal: it waits.</summary>
    [Fact]
    public void Nor_where_the_server_waits_for_another_line()
    {
        User.CreateFolder("Victim");
        Connect("-TimeoutSeconds 1");
        AssertError(Run("Invoke-ImapCommand APPEND -Argument INBOX, (Get-Date -Format o), \"x`r`nA1 DELETE Victim`r`n\""),
            "OutcomeUnknown");
        Assert.Equal(["Victim"], Lines("Get-ImapFolder Victim | ForEach-Object Path"));
    }

    /// <summary>The server's own words, the command without its literals, and the id by what the command names.</summary>
    [Theory]
    [InlineData("'UID COPY 1 NoSuch' -Folder INBOX", "FolderNotFound", "UID COPY 1 NoSuch", "NoSuch")]
    [InlineData("'DELETE NoSuch' -Force", "FolderNotFound", "DELETE NoSuch", "exist")]
    [InlineData("'APPEND NoSuch' \"Subject: x`r`n`r`nsecret`r`n\"", "FolderNotFound", "APPEND NoSuch {22}", "exist")]
    [InlineData("APPEND -Argument INBOX, 'x y', \"Subject: x`r`n`r`nsecret`r`n\"",
        "CommandRejected", "APPEND INBOX \"x y\" {22}", "Invalid")]
    [InlineData("('XNONE ' + 'y' * 500)", "CommandRejected", "XNONE yyy", "Unknown command")]
    [InlineData("'RENAME INBOX Other' -Folder NoSuch", "FolderNotFound", "The folder 'NoSuch'", "exist")]
    public void A_refusal_tells_the_command_and_the_answer(string arguments, string id, string command, string answer)
    {
        User.Deliver("INBOX", Message("a"));
        Connect();
        string told = AssertError(Run($"Invoke-ImapCommand {arguments}"), id).ToString();
        Assert.Contains(command, told, StringComparison.Ordinal);
        Assert.Contains(answer, told, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", told, StringComparison.Ordinal);
        Assert.DoesNotContain("The folder 'DELETE", told, StringComparison.Ordinal);
        Assert.InRange(told.Length, 1, 300);
    }

    [Fact]
    public void A_name_that_is_not_ASCII_is_given_as_an_object()
    {
        User.CreateFolder("Entwürfe");
        Connect();
        ErrorRecord error = AssertError(Run("Invoke-ImapCommand STATUS -Argument Entwürfe, @('MESSAGES')"), "CommandRejected");
        Assert.Contains("Get-ImapFolder", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(["STATUS Entw&APw-rfe (MESSAGES 0)"],
            Lines("(Invoke-ImapCommand STATUS -Argument (Get-ImapFolder Entwürfe), @('MESSAGES')).Untagged.Text"));
    }

    [Fact]
    public void A_variable_without_a_value_is_no_NIL()
    {
        User.CreateFolder("NIL");
        Connect();
        foreach (string nothing in new[] { "$nothing", "@($nothing)", "@('a', @($nothing, 1))" })
        {
            AssertError(Run($"Invoke-ImapCommand DELETE -Argument {nothing} -Force"), "ArgumentInvalid");
        }

        Assert.Equal(0, Proxy.Count("DELETE"));
        Succeed("$null = Invoke-ImapCommand ID -Argument ([NullString]::Value)");
        Assert.Equal("NIL", Proxy.Commands.Last(command => command.Verb == "ID").Line.Split(' ')[^1]);
    }

    [Fact]
    public void A_folder_of_another_session_is_told()
    {
        User.CreateFolder("Same");
        MailUser other = Dovecot.CreateUser();
        other.CreateFolder("Same");
        Connect();
        Succeed("$global:old = Get-ImapSession | Where-Object IsDefault");
        Succeed("$global:new = Connect-Imap localhost -Port $port -Security None -AllowPlaintext -Credential $who",
            ("who", CredentialOf(other.Name, other.Password)));
        ErrorRecord error = AssertError(
            Run("$f = Get-ImapFolder Same -Session $old | Select-Object *; $f.UidValidity = 5; "
                + "$f | Invoke-ImapCommand 'UID SEARCH ALL' -Session $new"),
            "UidValidityChanged");
        Assert.DoesNotContain("messages were read", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("another session", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        other.Discard();
    }

    [Fact]
    public void A_connection_in_TLS_is_no_different()
    {
        Succeed("$null = Connect-Imap localhost -Port $tlsPort -Security Tls -CertificateThumbprint $thumbprint -Credential $credential");
        Assert.Equal(["OK"], Lines("(Invoke-ImapCommand 'LIST \"\" \"*\"').Status"));
    }

    private string[] Lines(string script, object? r = null) => [.. Succeed(script, ("r", r)).Select(line => $"{line}")];
}

using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Sessions;

public sealed class SessionTests(MailServer mail) : ModuleTest(mail)
{
    [Theory]
    [InlineData("Get-ImapFolder")]
    [InlineData("Get-ImapMessage")]
    [InlineData("[pscustomobject]@{ Folder = 'INBOX'; Uid = 1 } | Move-ImapMessage Trash")]
    [InlineData("Disconnect-Imap")]
    public void Without_a_session(string command) =>
        Assert.Equal(ErrorCategory.ObjectNotFound, AssertError(Run(command), "NoSession").CategoryInfo.Category);

    [Theory]
    [InlineData("Get-ImapFolder -Session nobody")]
    [InlineData("Get-ImapMessage -Session 999999")]
    [InlineData("Get-ImapSession nobody")]
    [InlineData("Get-ImapSession -Id 999999")]
    [InlineData("Select-ImapSession nobody")]
    [InlineData("Disconnect-Imap -Session nobody")]
    public void With_a_session_that_is_not_there(string command) => AssertError(Run(command), "SessionNotFound");

    [Fact]
    public void A_name_with_wildcards_that_matches_nothing_is_silence() => Assert.Empty(Succeed("Get-ImapSession nobody*"));

    [Fact]
    public void Sessions_are_found_by_object_name_and_id_and_from_the_pipeline()
    {
        string name = User.Name + "-robot";
        Connect($"-Name {name}");
        string[] ways =
        [
            "Get-ImapSession $name",
            "Get-ImapSession -Name ($name.Substring(0, $name.Length - 3) + '*')",
            "Get-ImapSession (Get-ImapSession $name).Id",
            "Get-ImapSession -Session (Get-ImapSession $name)",
            "Get-ImapSession $name | Get-ImapSession",
            "$name | Get-ImapSession",
            "Select-ImapSession $name -PassThru",
            "Get-ImapSession $name | Select-ImapSession -PassThru",
            "(Get-ImapSession $name).Id | Select-ImapSession -PassThru",
        ];
        foreach (string way in ways)
        {
            Assert.Equal(name, Property<string>(Assert.Single(Succeed(way, ("name", name))), "Name"));
        }
    }

    [Fact]
    public void Every_cmdlet_takes_the_session_that_Session_names()
    {
        User.Deliver("INBOX", Message("first"));
        MailUser other = Dovecot.CreateUser();
        other.Deliver("INBOX", Message("second"));
        Connect($"-Name {User.Name}");
        Succeed(
            "$null = Connect-Imap localhost -Port $proxyPort -Security None -AllowPlaintext -Credential $other -Name $otherName",
            ("other", CredentialOf(other.Name, other.Password)),
            ("otherName", other.Name));
        Assert.Equal(["second"], Subjects(Succeed("Get-ImapMessage")));
        Assert.Equal(["first"], Subjects(Succeed($"Get-ImapMessage -Session {User.Name}")));
        Succeed($"Select-ImapSession {User.Name}");
        Assert.Equal(["first"], Subjects(Succeed("Get-ImapMessage")));
        Assert.Equal(["second"], Subjects(Succeed($"Get-ImapSession {other.Name} | ForEach-Object {{ Get-ImapMessage -Session $_ }}")));

        // Messages of two sessions in one pipeline are moved each in its own.
        Succeed($"Get-ImapMessage -Session {User.Name}; Get-ImapMessage -Session {other.Name}");
        Assert.Equal(
            ["first", "second"],
            Subjects(Succeed($"@(Get-ImapMessage -Session {User.Name}) + @(Get-ImapMessage -Session {other.Name}) "
                + "| Move-ImapMessage Sent -PassThru")));
        Assert.Equal(["first"], Subjects(Succeed($"Get-ImapMessage Sent -Session {User.Name}")));
        Assert.Equal(["second"], Subjects(Succeed($"Get-ImapMessage Sent -Session {other.Name} | Move-ImapMessage INBOX -PassThru")));
        Succeed($"Get-ImapMessage Sent -Session {User.Name} | Move-ImapMessage INBOX");

        // A message is moved where it is, whatever session is current.
        Succeed($"Get-ImapMessage -Session {other.Name} | Move-ImapMessage Trash");
        Assert.Empty(Succeed($"Get-ImapMessage -Session {other.Name}"));
        Assert.Equal(["first"], Subjects(Succeed("Get-ImapMessage")));
    }

    [Fact]
    public void Other_objects_are_not_taken_for_the_name_of_a_session_or_a_folder()
    {
        Connect();
        string id = Property<string>(Assert.Single(Succeed("Get-ImapSession | Where-Object IsDefault")), "Id");
        User.Deliver("INBOX", Message(id));
        string[] refused =
        [
            $"[version]'1.{id}' | Get-ImapSession",
            $"[pscustomobject]@{{ Subject = '{id}' }} | Disconnect-Imap",
            "[version]'1.0' | Get-ImapMessage",
            "[pscustomobject]@{ Subject = 'INBOX' } | Get-ImapFolder",
            "Get-ImapMessage ([datetime]::Now)",
        ];
        Assert.All(refused, script => Assert.NotEmpty(Run(script).AllErrors));
        Assert.Equal([id], Succeed("Get-ImapMessage | Get-ImapSession | ForEach-Object Id").Select(value => value.ToString()));
        Assert.Equal([id], Succeed("Get-ImapFolder INBOX | Get-ImapSession | ForEach-Object Id").Select(value => value.ToString()));
    }

    [Fact]
    public void When_the_current_session_is_closed_the_one_before_it_becomes_current()
    {
        foreach (string name in new[] { "one", "two", "three" }) Connect($"-Name {name}");
        Succeed("Select-ImapSession one; Select-ImapSession three");
        EngineResult result = Run("$last = Get-ImapSession | Where-Object IsDefault; Disconnect-Imap -Verbose; $last");
        Assert.Equal("Closed", Property<string>(Assert.Single(result.Output), "State"));
        Assert.Contains("'one'", Assert.Single(result.Verbose), StringComparison.Ordinal);
        Assert.Equal(1, Proxy.Count("LOGOUT"));
        Assert.Equal(["one"], Current());
        AssertError(Run("Get-ImapFolder -Session $last"), "SessionNotFound");
        Succeed("Disconnect-Imap");
        Assert.Equal(["two"], Current());
        Assert.NotEmpty(Succeed("Get-ImapFolder"));
        Succeed("Disconnect-Imap");
        AssertError(Run("Get-ImapFolder"), "NoSession");
    }

    [Fact]
    public void Another_session_that_is_closed_leaves_the_current_one()
    {
        foreach (string name in new[] { "one", "two" }) Connect($"-Name {name}");
        Succeed("Disconnect-Imap one");
        Assert.Equal(["two"], Current());
    }

    [Fact]
    public void The_current_session_may_be_closed_by_another_runspace()
    {
        foreach (string name in new[] { "one", "two" }) Connect($"-Name {User.Name}-{name}");
        using var other = new PowerShellEngine(new EngineOptions { NonInteractive = true });
        Assert.Empty(other.Invoke($"Get-ImapSession {User.Name}-two | Disconnect-Imap").AllErrors);
        Assert.Equal([$"{User.Name}-one"], Current());
        Assert.NotEmpty(Succeed("Get-ImapFolder"));

        // No session of this runspace becomes the other's.
        AssertError(other.Invoke("Get-ImapFolder"), "NoSession");
        other.Invoke("Remove-Module ImapPS");
    }

    [Theory]
    [InlineData("-Name same")]
    [InlineData("")]
    public void The_newer_of_two_sessions_with_one_name_has_it_and_says_so(string name)
    {
        string login = $"Connect-Imap localhost -Port $proxyPort -Security None -AllowPlaintext -Credential "
            + $"$credential {name.Replace("same", User.Name + "-same", StringComparison.Ordinal)}";
        EngineResult first = Run($"($one = {login}).Name");
        Assert.Empty(first.Warnings);
        EngineResult second = Run($"($two = {login}).Id");
        Assert.Contains(Text($"'{first.Output.Single()}'"), Assert.Single(second.Warnings), StringComparison.Ordinal);
        Assert.Equal(["True"], Succeed("(Select-ImapSession $two.Name -PassThru).Id -eq $two.Id; Disconnect-Imap $two.Name")
            .Select(value => value.ToString()));
        Assert.Equal(["True", "Open"], Succeed("(Select-ImapSession $one.Name -PassThru).Id -eq $one.Id; $one.State")
            .Select(value => value.ToString()));
    }

    [Fact]
    public void Remove_Module_closes_every_session()
    {
        Connect();
        Connect();
        Assert.Equal(
            ["Closed", "Closed"],
            Succeed($"$mine = Get-ImapSession | Where-Object UserName -eq {User.Name}; Remove-Module ImapPS; $mine.State")
                .Select(state => state.ToString()));
        Assert.Empty(Succeed("Import-Module $manifest; Get-ImapSession | Where-Object UserName -eq $credential.UserName",
            ("manifest", Repository.Manifest)));
    }

    [Fact]
    public void Import_Module_with_Force_works_again_and_again()
    {
        for (int i = 0; i < 3; i++)
        {
            Succeed("Import-Module $manifest -Force", ("manifest", Repository.Manifest));
            Connect();
            Assert.NotEmpty(Succeed("Get-ImapFolder"));
        }
    }

    private IEnumerable<string> Current() => Succeed("Get-ImapSession | Where-Object IsDefault | ForEach-Object Name")
        .Select(name => name.ToString());
}

using ImapPS.Sandbox;

namespace ImapPS.Tests.Administration;

public sealed class NamespaceTests(MailServer mail, SharedServer shared) : ModuleTest(mail), IClassFixture<SharedServer>
{
    [Fact]
    public void The_namespaces_are_those_of_the_server()
    {
        ConnectShared(shared.Dovecot.CreateUser());
        Assert.Equal(
            ["Personal||/", "Others|shared/|/", "Shared|Public/|/"],
            Succeed("Get-ImapNamespace | ForEach-Object { \"$($_.Kind)|$($_.Prefix)|$($_.Delimiter)\" }").Select(line => line.ToString()));
    }

    [Fact]
    public async Task Folders_of_a_kind()
    {
        MailUser owner = shared.Dovecot.CreateUser();
        MailUser user = shared.Dovecot.CreateUser();
        owner.CreateFolder("Team/Plans");
        await using (RawImapClient client = await owner.ConnectAsync(Cancellation))
        {
            (await client.CommandAsync($"SETACL Team/Plans {user.Name} lr", Cancellation)).EnsureOk("SETACL");
        }

        ConnectShared(user);
        string others = $"shared/{owner.Name}/Team/Plans";
        Assert.Contains(others, Paths("Get-ImapFolder"));
        Assert.Contains(others, Paths("Get-ImapFolder -Namespace Others"));
        Assert.All(Paths("Get-ImapFolder -Namespace Others"), path => Assert.StartsWith("shared", path, StringComparison.Ordinal));
        Assert.Contains("INBOX", Paths("Get-ImapFolder -Namespace Personal"));
        Assert.DoesNotContain(others, Paths("Get-ImapFolder -Namespace Personal, Shared"));
        Assert.Equal([others], Paths($"Get-ImapFolder shared/{owner.Name}/*s -Namespace Others, Shared"));
        Assert.Empty(Paths($"Get-ImapFolder {others} -Namespace Personal"));
    }

    [Fact]
    public void Where_the_server_tells_none_all_folders_are_personal()
    {
        Proxy.HideCapability("NAMESPACE");
        Connect();
        AssertError(Run("Get-ImapNamespace"), "NotSupportedByServer");
        Assert.Contains("INBOX", Paths("Get-ImapFolder -Namespace Personal"));
        Assert.Empty(Paths("Get-ImapFolder -Namespace Others, Shared"));
    }

    private void ConnectShared(MailUser user) =>
        Succeed("$null = Connect-Imap localhost -Port $shared -Security None -AllowPlaintext -Credential $who",
            ("shared", shared.Dovecot.Port), ("who", CredentialOf(user.Name, user.Password)));

    private IEnumerable<string> Paths(string script) => Succeed(script).Select(folder => Property<string>(folder, "Path"));
}

using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Administration;

/// <summary>Tests that need Cyrus beside Dovecot.</summary>
public abstract class CyrusTest(MailServer mail, CyrusFixture cyrus) : ModuleTest(mail), IClassFixture<CyrusFixture>
{
    protected CyrusServer Cyrus => cyrus.Server;

    /// <summary>Opens sessions, $user and $admin. Returns who the user is, with an INBOX.</summary>
    protected async Task<MailLogin> ConnectCyrusAsync()
    {
        MailLogin user = await Cyrus.AddUserAsync(Cancellation);
        ConnectCyrus(user, "user");
        ConnectCyrus(cyrus.Administrator, "admin");
        Succeed("$null = Select-ImapSession $user; $null = Get-ImapFolder");
        return user;
    }

    protected void ConnectCyrus(MailLogin who, string name) =>
        Succeed($"$global:{name} = Connect-Imap 127.0.0.1 -Port $cyrus -Security None -AllowPlaintext -Credential $who",
            ("cyrus", Cyrus.Port), ("who", CredentialOf(who.Name, who.Password)));

    /// <summary>Opens a session to Dovecot, $dovecot.</summary>
    protected void ConnectDovecot()
    {
        Connect();
        Succeed("$global:dovecot = Get-ImapSession | Where-Object IsDefault");
    }

    protected static string Lines(IEnumerable<PSObject> output) => string.Join('\n', output.Select(line => line.ToString()));
}

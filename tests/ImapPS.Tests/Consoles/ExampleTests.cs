using System.Xml.Linq;
using ImapPS.Sandbox;
using ImapPS.Tests.Module;

namespace ImapPS.Tests.Consoles;

/// <summary>
/// Every example of every cmdlet's help, typed as it stands, each with the demo mailbox and what a reader would plainly have.
/// </summary>
public sealed class ExampleTests(MailServer mail, ConsolePool consoles) : ConsoleTest(mail, consoles)
{
    // Other servers are this one, and nobody has to log in for a token; the application that is tested sends its mail; the files are there.
    private const string Setup =
        """
        foreach ($cmdlet in 'Connect-Imap', 'Use-ImapSession') {
            $real = Get-Command $cmdlet -CommandType Cmdlet
            $parameters = [Management.Automation.ProxyCommand]::GetParamBlock([Management.Automation.CommandMetadata] $real)
            Set-Item "Function:global:$cmdlet" ([scriptblock]::Create("[CmdletBinding()] param($parameters)" + @'

                foreach ($name in 'Server', 'Port', 'Credential') { $PSBoundParameters[$name] = $Sandbox.$name }
                foreach ($name in 'OAuth', 'ClientId', 'TenantId', 'DeviceCode', 'ClientSecret', 'RefreshToken', 'AccessToken', 'UserName',
                    'AuthorizationId', 'Certificate', 'CertificatePassword', 'Proxy', 'ProxyCredential', 'CertificateThumbprint') {
                    $null = $PSBoundParameters.Remove($name)
                }

                $PSBoundParameters.Security = 'None'
                $PSBoundParameters.AllowPlaintext = $true
                & "ImapPS\$($MyInvocation.MyCommand)" @PSBoundParameters
        '@))
        }

        function global:Invoke-RestMethod {
            $null = Import-ImapMessage INBOX -Content "From: app@app.example`r`nTo: test-1@example.org`r`nSubject: Please Confirm`r`n`r`nYour code is 481 516.`r`n"
        }
        $clientId = $tenant = 'test'
        $secret = ConvertTo-SecureString test -AsPlainText
        $certificate = $null
        function global:Get-ImapAccessToken { [pscustomobject]@{ RefreshToken = $secret; AccessToken = $secret } }
        function global:Get-Secret { $secret }
        function global:Set-Secret { }
        function global:Invoke-Item { }
        $null = New-Item mail, export -ItemType Directory
        Set-Content accounts.csv "User`nalice`nbob"
        Set-Content mail/1.eml "Subject: file`n`nHello."
        Set-Content export/1.mbox "From a@example.org Thu Jan  1 00:00:00 2026`nSubject: file`n`nHello.`n"
        $null = New-Item ~/Maildir/cur, ~/Maildir/new, ~/Maildir/tmp -ItemType Directory -Force
        $null = Connect-Imap mail.example.org -Name robot
        $null = Connect-Imap mail.example.org -Name alice@mail.example.org
        $null = Backup-ImapFolder Archive -Path ./backup
        Set-ImapFolderPermission Projects bob -Rights Reader -Recurse
        """;

    private bool _hasReceipt;

    public static TheoryData<string> Cmdlets => [.. ModuleCmdlets.Names];

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public async Task Every_example_runs(string cmdlet)
    {
        foreach (string code in Examples(cmdlet))
        {
            await RefillAsync();
            await OpenAsync(Setup);
            // In braces, so that no line of it answers a question that the one before asks.
            await Console.EnterAsync($". {{\n{code}\n}}", Cancellation);
            if (code.Contains("Watch-ImapFolder", StringComparison.Ordinal) && !code.Contains("-TimeoutSeconds", StringComparison.Ordinal))
            {
                await Proxy.WaitForAsync(proxy => proxy.Count("IDLE") > 0, Cancellation);
                User.Deliver("INBOX", "From: a@partner.example\r\nSubject: new\r\n\r\nHello.\r\n");
                await Console.InterruptAsync(Cancellation);
            }
            else
            {
                await AnswerUntilPromptAsync();
            }

            Screen screen = await Console.Terminal.ReadAsync(Cancellation);
            Assert.True(Console.Errors == 0 || IsExpected(code), $"{cmdlet}\n{screen}");
        }
    }

    // Dovecot lets nobody choose the folder for thrown away messages here; the example says that some servers do not. Nor is anybody an
    // administrator here.
    private static bool IsExpected(string code) => code.Contains("New-ImapFolder Bin -SpecialUse", StringComparison.Ordinal)
        || code.Contains("Set-ImapQuota", StringComparison.Ordinal);

    private static List<string> Examples(string cmdlet)
    {
        XNamespace command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
        XNamespace dev = "http://schemas.microsoft.com/maml/dev/2004/10";
        return
        [
            .. XDocument.Load(Path.Combine(Repository.Root, "en-US", "ImapPS.dll-Help.xml"))
                .Descendants(command + "command")
                .Single(element => string.Equals(element.Descendants(command + "name").First().Value, cmdlet, StringComparison.Ordinal))
                .Descendants(dev + "code")
                .Select(code => code.Value),
        ];
    }

    private async Task AnswerUntilPromptAsync()
    {
        int answered = 0;
        while (true)
        {
            Screen screen = await Console.Terminal.WaitForAsync(
                screen => Console.IsNewPrompt(screen)
                    || (IsQuestion(screen) && screen.ScrolledAway + screen.Row > answered), "A prompt or a question", Cancellation);
            if (Console.IsNewPrompt(screen)) break;

            answered = screen.ScrolledAway + screen.Row;
            await AnswerAsync(screen.CursorLine.Contains("Password", StringComparison.Ordinal) ? User.Password : "y");
        }

        await Console.WaitForPromptAsync(Cancellation);
    }

    private static bool IsQuestion(Screen screen) =>
        screen.CursorLine.StartsWith("Password for user", StringComparison.Ordinal)
            || screen.CursorLine.Contains("(default is \"", StringComparison.Ordinal);

    /// <summary>What an example has moved or removed is there again for the next.</summary>
    private async Task RefillAsync()
    {
        await using (RawImapClient client = await User.ConnectAsync(Cancellation))
        {
            foreach (string folder in new[] { "Projects/Apollo", "Projects", "Archive/2025/Apollo", "Lists/pwsh" })
            {
                await client.CommandAsync($"DELETE {folder}", Cancellation);
            }
        }

        DemoMailbox.Fill(User, DateTimeOffset.UtcNow);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        foreach (string folder in new[] { "Projects/Apollo", "Orders", "Returns", "Done" }) User.CreateFolder(folder);
        for (int i = 1; i <= 10; i++)
        {
            var report = new MailText
            {
                Subject = $"Nightly build {i} failed",
                Date = now,
                Attachments = [new MailAttachment("report.csv", "text/csv", "a,b\n"u8.ToArray())],
            };
            User.Deliver("Reports", report.ToString());
        }

        User.Deliver("Lists/dev", new MailText { Subject = "digest 1", Date = now }.ToString());
        User.Deliver("Lists/dev", new MailText { Subject = "digest 2", Date = now }.ToString());
        User.Deliver("INBOX", new MailText { Subject = "Order 4711", To = "alice+4711@example.org", Date = now }.ToString());
        if (_hasReceipt) return;
        _hasReceipt = true;
        User.Deliver("INBOX", new MailText
        {
            From = "billing@app.example",
            Subject = "Receipt",
            Text = "See https://app.example/receipts/1",
            Date = now,
            Attachments = [new MailAttachment("invoice-1.pdf", "application/pdf", "%PDF-1.1"u8.ToArray())],
        }.ToString());
    }
}

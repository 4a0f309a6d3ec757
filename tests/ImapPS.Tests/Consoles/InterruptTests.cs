using System.Net;
using System.Net.Sockets;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Consoles;

/// <summary>Ctrl+C gives the prompt back, whatever a cmdlet is waiting for, and the next command works.</summary>
public sealed class InterruptTests(MailServer mail, ConsolePool consoles) : ConsoleTest(mail, consoles)
{
    private const string Bodies = "BODY.PEEK[]";

    public static TheoryData<string, string> Stalled => new()
    {
        { "Get-ImapFolder", "LIST" },
        { "Get-ImapMessage -Subject number", "UID SEARCH" },
        { "Get-ImapMessage", "UID FETCH" },
        { "Get-ImapMessage -First 1 | Get-ImapMessageContent", Bodies },
        { "Get-ImapMessage | Save-ImapMessage ./saved", Bodies },
        { "Import-ImapMessage INBOX ./mail/*.eml", "APPEND" },
        { "Get-ImapMessage -First 3 | Copy-ImapMessage Target", "UID COPY" },
        { "Get-ImapMessage -First 3 | Move-ImapMessage Target", "UID MOVE" },
        { "Get-ImapMessage -First 3 | Set-ImapMessage -Read", "UID STORE" },
        { "Find-ImapDuplicate -Digest", Bodies },
    };

    [Theory]
    [MemberData(nameof(Stalled))]
    public async Task Ctrl_C_ends_a_cmdlet_whose_server_no_longer_answers(string statement, string command)
    {
        User.CreateFolder("Target");
        User.DeliverMany("INBOX", 3, i => new SeedMessage(Mail(i)));
        User.DeliverMany("Other", 3, i => new SeedMessage(Mail(i)));
        await OpenAsync($$"""
            {{Connect}}
            $null = New-Item mail -ItemType Directory
            1..3 | ForEach-Object { "From: a@example.org`r`nSubject: file $_`r`n`r`nHello.`r`n" | Set-Content mail/$_.eml }
            """);
        Proxy.On(IsStalled, ProxyAction.Stall);

        await Console.EnterAsync(statement, Cancellation);
        await Proxy.WaitForAsync(proxy => proxy.Commands.Any(IsStalled), Cancellation);
        Screen screen = await Console.InterruptAsync(Cancellation);

        Assert.DoesNotContain("Exception", screen.ToString(), StringComparison.Ordinal);
        Proxy.ClearRules();

        // The next command of the session warns of what is not known to be done.
        Assert.Equal(["INBOX"], await Console.RunAsync("(Get-ImapFolder INBOX -WarningAction Ignore).Path", Cancellation));

        bool IsStalled(ProxyCommand sent) =>
            sent.Verb.Equals(command, StringComparison.OrdinalIgnoreCase) || sent.Line.Contains(command, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Wait-ImapMessage -Subject never -TimeoutSeconds 900")]
    [InlineData("Assert-ImapMessage -Subject never -None -TimeoutSeconds 900")]
    [InlineData("Watch-ImapFolder")]
    public async Task Ctrl_C_ends_a_wait(string statement)
    {
        await OpenAsync(Connect);

        await Console.EnterAsync(statement, Cancellation);
        await Proxy.WaitForAsync(proxy => proxy.Count("IDLE") > 0, Cancellation);
        await Console.InterruptAsync(Cancellation);

        Assert.Equal(["INBOX"], await TypeAsync("(Get-ImapFolder INBOX).Path"));
    }

    [Fact]
    public async Task Ctrl_C_ends_the_listing_of_a_large_folder()
    {
        User.DeliverMany("INBOX", 1_500, i => new SeedMessage(Mail(i)));
        await OpenAsync(Connect);
        Proxy.Delay = TimeSpan.FromMilliseconds(300);

        await Console.EnterAsync("Get-ImapMessage | Get-ImapMessageContent | ForEach-Object Subject", Cancellation);
        await Console.Terminal.WaitForAsync(screen => screen.Lines.Contains("number 2", StringComparer.Ordinal),
            "The third message", Cancellation);
        await Console.InterruptAsync(Cancellation);

        Proxy.Delay = TimeSpan.Zero;
        Assert.Equal(["number 1499"], await TypeAsync("(Get-ImapMessage -Newest 1).Subject"));
    }

    [Fact]
    public async Task Ctrl_C_ends_a_login_that_is_not_answered()
    {
        await OpenAsync();
        Proxy.On(IsLogin, ProxyAction.Stall);

        await Console.EnterAsync(Connect, Cancellation);
        await Proxy.WaitForAsync(proxy => proxy.Commands.Any(IsLogin), Cancellation);
        await Console.InterruptAsync(Cancellation);

        Assert.Empty(await Console.RunAsync("Get-ImapSession", Cancellation));
        Assert.Equal(["INBOX"], await TypeAsync($"{Connect}; (Get-ImapFolder INBOX).Path"));

        static bool IsLogin(ProxyCommand command) => command.Verb is "LOGIN" or "AUTHENTICATE";
    }

    [Fact]
    public async Task Ctrl_C_ends_the_wait_for_a_greeting()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await OpenAsync();

        await Console.EnterAsync(
            $"Connect-Imap localhost -Port {((IPEndPoint)silent.LocalEndpoint).Port} -TimeoutSeconds 900 -Credential "
            + "$Sandbox.Credential", Cancellation);
        using Socket connection = await silent.AcceptSocketAsync(Cancellation);
        await Console.InterruptAsync(Cancellation);

        Assert.Equal(["INBOX"], await TypeAsync($"{Connect}; (Get-ImapFolder INBOX).Path"));
    }

    private static string Mail(int number) =>
        $"From: Ada <ada@example.org>\r\nTo: bob@example.net\r\nSubject: number {number}\r\nMessage-ID: "
            + $"<{number}@example.org>\r\n\r\nHello.\r\n";
}

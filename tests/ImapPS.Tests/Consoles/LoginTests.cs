using System.Net;
using System.Net.Sockets;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Consoles;

/// <summary>Who connects without a credential is asked for one, once there is a server to give it to.</summary>
public sealed class LoginTests(MailServer mail, ConsolePool consoles) : ConsoleTest(mail, consoles)
{
    private const string UserQuestion = "User:";

    private string PasswordQuestion => $"Password for user {User.Name}:";

    public static TheoryData<string> Widths => ["80", "120"];

    [Theory]
    [MemberData(nameof(Widths))]
    public async Task A_user_name_is_what_was_typed(string width)
    {
        await OpenAsync(width: int.Parse(width, System.Globalization.CultureInfo.InvariantCulture));

        await Console.EnterAsync(
            "Connect-Imap $Sandbox.Server -Port $Sandbox.TlsPort -Security Tls -CertificateThumbprint $Sandbox.Thumbprint", Cancellation);
        await WaitForLineAsync(UserQuestion);
        await AnswerAsync(User.Name);
        await WaitForLineAsync(PasswordQuestion);
        await AnswerAsync(User.Password);
        Screen screen = await Console.WaitForPromptAsync(Cancellation);

        Assert.Equal(0, Console.Errors);
        Assert.DoesNotContain(User.Password, screen.ToString(), StringComparison.Ordinal);
        Assert.Equal([User.Name], await TypeAsync("(Get-ImapSession).UserName"));
    }

    [Fact]
    public async Task A_user_name_in_the_command_is_not_asked_for_again()
    {
        await OpenAsync();

        await Console.EnterAsync($"Connect-Imap $Sandbox.Server -Port $Sandbox.Port -Security None -AllowPlaintext -Credential {User.Name}",
            Cancellation);
        await WaitForLineAsync(PasswordQuestion);
        await AnswerAsync(User.Password);
        Screen screen = await Console.WaitForPromptAsync(Cancellation);

        Assert.DoesNotContain(UserQuestion, screen.ToString(), StringComparison.Ordinal);
        Assert.Equal([User.Name], await TypeAsync("(Get-ImapSession).UserName"));
    }

    [Theory]
    [InlineData("Connect-Imap no-such-host.invalid")]
    [InlineData("Connect-Imap no-such-host.invalid -Credential alice")]
    [InlineData("Connect-Imap localhost -Port $refused")]
    [InlineData("Connect-Imap localhost -Port $refused -Credential alice")]
    [InlineData("Connect-Imap localhost -Port $Sandbox.TlsPort -Security Tls")]
    [InlineData("Connect-Imap localhost -Port $Sandbox.TlsPort -Security Tls -Credential alice")]
    public async Task What_cannot_be_connected_to_never_costs_a_password(string statement)
    {
        await OpenAsync($"$refused = {RefusedPort()}");

        await Console.EnterAsync(statement, Cancellation);
        Screen screen = await Console.Terminal.WaitForAsync(
            screen => Console.IsNewPrompt(screen) || screen.CursorLine.StartsWith(UserQuestion, StringComparison.Ordinal)
                || screen.CursorLine.StartsWith("Password", StringComparison.Ordinal),
            "A prompt or a question",
            Cancellation);

        Assert.True(Console.IsNewPrompt(screen), screen.ToString());
        await Console.WaitForPromptAsync(Cancellation);
        Assert.Equal(["1"], await Console.RunAsync("$Error.Count", Cancellation));
    }

    private static int RefusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.Globalization;
using ImapPS.Models;
using ImapPS.Sandbox;
using ImapPS.Sessions;

namespace ImapPS.Tests.Sessions;

/// <summary>No connection stays behind that nobody can name any more.</summary>
public sealed class ClosingTests(MailServer mail) : ModuleTest(mail)
{
    /// <summary>
    /// Opens sessions in runspaces that end, and says how many connections there are before and after what nobody holds was collected.
    /// </summary>
    private const string Script =
        """
        Import-Module $module
        $open = {
            Import-Module $using:module
            Connect-Imap localhost -Port $using:port -Security None -AllowPlaintext -Credential $using:credential -WarningAction Ignore
        }
        $quiet = [scriptblock]::Create("`$null = . { $open }")
        function Count-Connection {
            $all = [Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties().GetActiveTcpConnections()
            @($all | Where-Object { $_.RemoteEndPoint.Port -eq $port -and $_.State -eq 'Established' }).Count
        }
        function Clear-Memory {
            1..10 | ForEach-Object {
                try { Get-ImapFolder -Session nobody } catch { $null = $_ }
                [GC]::Collect()
                [GC]::WaitForPendingFinalizers()
            }
        }
        """;

    private string Here =>
        $"""
        $module = '{Repository.Manifest}'; $port = {Proxy.Port}
        $credential = [pscredential]::new('{User.Name}', (ConvertTo-SecureString '{User.Password}' -AsPlainText -Force))
        {Script}
        """;

    [Fact]
    public async Task A_session_of_a_runspace_that_has_ended_is_closed()
    {
        string said = await ToolPowerShell.RunAsync(
            $"{Here}\n1..3 | ForEach-Object -Parallel $quiet\nCount-Connection; Clear-Memory; Count-Connection", Cancellation);
        Assert.Equal(["3", "0"], said.Split('\n', StringSplitOptions.TrimEntries));
    }

    [Fact]
    public async Task But_not_while_somebody_has_its_object()
    {
        string said = await ToolPowerShell.RunAsync(
            $"{Here}\n$session = 1 | ForEach-Object -Parallel $open\nClear-Memory; Count-Connection; (Get-ImapFolder "
            + "INBOX -Session $session).Path", Cancellation);
        Assert.Equal(["1", "INBOX"], said.Split('\n', StringSplitOptions.TrimEntries));
        Assert.Equal(1, Proxy.Connections);
    }

    [Fact]
    public async Task Sessions_that_items_of_Parallel_leave_open_do_not_pile_up()
    {
        string said = await ToolPowerShell.RunAsync(
            $"{Here}\n1..80 | ForEach-Object -ThrottleLimit 2 -Parallel $quiet\nCount-Connection", Cancellation);
        Assert.InRange(int.Parse(said.Trim(), CultureInfo.InvariantCulture), 0, 40);
    }

    [Fact]
    public async Task Ctrl_C_in_Disconnect_closes_at_once()
    {
        User.Deliver("INBOX", Message("one"));
        Connect("-TimeoutSeconds 3");
        object session = Assert.Single(Succeed("Get-ImapSession | Where-Object IsDefault")).BaseObject;
        Proxy.On("UID FETCH", ProxyAction.Stall);
        using var other = new PowerShellEngine(Options);
        Task<EngineResult> reading = RunAsync("Get-ImapMessage");
        await Proxy.WaitForAsync(proxy => proxy.Count("UID FETCH") == 1, Cancellation);

        var variables = new Dictionary<string, object?>(StringComparer.Ordinal) { ["session"] = session };
        Task<EngineResult> closing = other.InvokeAsync("Disconnect-Imap $session", variables, Cancellation);
        while (SessionStore.IsOpen(((ImapSession)session).Id)) await Task.Delay(TimeSpan.FromMilliseconds(10), Cancellation);
        await other.StopAsync();

        await Proxy.WaitForAsync(proxy => proxy.OpenConnections == 0, Cancellation);
        await closing;
        Assert.NotEmpty((await reading).AllErrors);
    }
}

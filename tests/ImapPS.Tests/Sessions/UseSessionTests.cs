using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Sessions;

/// <summary>A session for a script block: it is closed whatever happens, and nothing runs in another mailbox.</summary>
public sealed class UseSessionTests(MailServer mail) : ModuleTest(mail)
{
    private const string There = "localhost -Port $proxyPort -Security None -AllowPlaintext";
    private const string Use = $"Use-ImapSession {There} -Credential $credential -Name used$($credential.UserName)";

    /// <summary>How many sessions of the test are open: others run beside it.</summary>
    private const string Count = "@(Get-ImapSession \"used$($credential.UserName)\" -ErrorAction Ignore).Count";

    [Fact]
    public async Task The_block_has_the_session_and_the_scope_and_the_session_is_closed()
    {
        User.DeliverMany("INBOX", 3, i => new SeedMessage(Message(Text($"message {i}"))));
        IReadOnlyList<PSObject> said = Succeed(
            $$"""
            $count = 0
            {{Use}} { param($session) (Get-ImapMessage).Subject; $count = 7; $session.Name -like "used*"; $session.IsDefault }
            $count
            {{Count}}
            """);

        Assert.Equal(["message 0", "message 1", "message 2", "True", "True", "7", "0"], said.Select(line => line.ToString()));
        Assert.Equal(1, Proxy.Count("LOGOUT"));
        await Proxy.WaitForAsync(proxy => proxy.OpenConnections == 0, Cancellation);
    }

    [Theory]
    [InlineData("{ throw 'no' }", "no")]
    [InlineData("{ Get-ImapMessage -Session nobody }", "SessionNotFound")]
    [InlineData("{ Write-Error 'no' -ErrorId No -ErrorAction Stop }", "No")]
    public async Task It_is_closed_when_the_block_fails(string block, string id)
    {
        EngineResult result = Run($"try {{ {Use} {block} }} catch {{ $_ }}; {Count}");

        Assert.Contains(id, ((ErrorRecord)result.Output[0].BaseObject).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(0, LanguagePrimitives.ConvertTo<int>(result.Output[^1]));
        await Proxy.WaitForAsync(proxy => proxy.OpenConnections == 0, Cancellation);
    }

    [Fact]
    public async Task It_is_closed_when_no_more_output_is_wanted_which_comes_at_once()
    {
        User.DeliverMany("INBOX", 3, i => new SeedMessage(Message(Text($"message {i}"))));
        IReadOnlyList<PSObject> said = Succeed(
            $$"""
            {{Use}} { 1; (Get-ImapMessage).Subject; 'never' } | ForEach-Object { "$_ $({{Count}})" } | Select-Object -First 2
            {{Count}}
            """);

        Assert.Equal(["1 1", "message 0 1", "0"], said.Select(line => line.ToString()));
        await Proxy.WaitForAsync(proxy => proxy.OpenConnections == 0, Cancellation);
    }

    [Fact]
    public async Task It_is_closed_by_Ctrl_C()
    {
        Proxy.On("UID FETCH", ProxyAction.Stall);
        User.Deliver("INBOX", Message("one"));
        Task<EngineResult> used = RunAsync($"{Use} {{ Get-ImapMessage }}");
        await Proxy.WaitForAsync(proxy => proxy.Count("UID FETCH") == 1, Cancellation);
        await Engine.StopAsync();
        await used;

        Assert.Equal(0, LanguagePrimitives.ConvertTo<int>(Assert.Single(Succeed(Count))));
        await Proxy.WaitForAsync(proxy => proxy.OpenConnections == 0, Cancellation);
    }

    [Theory]
    [InlineData("-WhatIf", "-Force", 3)]
    [InlineData("", "-Force -WhatIf", 3)]
    [InlineData("-WhatIf:$false", "-Force", 0)]
    [InlineData("-Confirm:$false", "", 0)]
    [InlineData("-Confirm", "", 3)]
    public async Task WhatIf_and_Confirm_hold_for_the_block(string outside, string inside, int left)
    {
        User.DeliverMany("INBOX", 3, i => new SeedMessage(Message(Text($"message {i}"))));
        Run($"{Use} {outside} {{ Get-ImapMessage | Remove-ImapMessage -Permanent {inside} }}");

        Assert.Equal(left, await CountAsync("INBOX"));
    }

    [Fact]
    public void A_process_block_runs_once() =>
        Assert.Equal(["1", "2", "3"], Succeed($"{Use} {{ begin {{ 1 }} process {{ 2 }} end {{ 3 }} }}").Select(line => line.ToString()));

    [Theory]
    [InlineData("$null = Connect-Imap localhost -Port $proxyPort -Security None -AllowPlaintext -Credential $credential -Name other$me")]
    [InlineData("Select-ImapSession one$me")]
    [InlineData("try { Select-ImapSession nobody } catch { }")]
    [InlineData("try { Select-ImapSession $null } catch { }")]
    [InlineData("try { Connect-Imap '' } catch { }")]
    public void Whatever_the_block_chooses_the_session_before_is_current_again(string block)
    {
        Connect("-Name one$($credential.UserName)");
        Connect("-Name two$($credential.UserName)");
        IReadOnlyList<PSObject> said = Succeed(
            $"{Use} {{ {block} }}; (Get-ImapSession | Where-Object IsDefault).Name; $null = Get-ImapFolder INBOX", ("me", User.Name));

        Assert.Equal([Text($"two{User.Name}")], said.Select(line => line.ToString()));
    }

    [Fact]
    public void The_session_before_is_current_again()
    {
        Connect("-Name before");
        IReadOnlyList<PSObject> said = Succeed(
            $$"""
            {{Use}} { (Get-ImapSession | Where-Object IsDefault).Name -like "used*" }
            (Get-ImapSession | Where-Object IsDefault).Name
            """);

        Assert.Equal(["True", "before"], said.Select(line => line.ToString()));
    }

    [Fact]
    public void Without_a_session_the_block_does_not_run()
    {
        Connect("-Name before");
        EngineResult result = Run(
            $$"""
            $ran = 0
            Use-ImapSession {{There}} -Credential $wrong { $ran = 1 }
            $ran
            """,
            ("wrong", CredentialOf(User.Name, "wrong")));

        AssertError(result, "AuthenticationFailed");
        Assert.Equal(0, LanguagePrimitives.ConvertTo<int>(Assert.Single(result.Output)));
        Succeed("Get-ImapMessage");
    }
}

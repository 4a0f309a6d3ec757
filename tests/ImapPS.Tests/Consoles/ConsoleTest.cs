using ImapPS.Sandbox;

namespace ImapPS.Tests.Consoles;

/// <summary>A mailbox of the test's own, the real PowerShell at a terminal, and a proxy between the two.</summary>
public abstract class ConsoleTest(MailServer mail, ConsolePool consoles) : IAsyncDisposable
{
    /// <summary>Connects through the proxy, in clear, so that it can see and change what is said.</summary>
    protected const string Connect =
        "$null = Connect-Imap $Sandbox.Server -Port $Sandbox.Port -Security None -AllowPlaintext -Credential "
            + "$Sandbox.Credential -RetryDelaySeconds 0";

    private readonly Lazy<FaultProxy> _proxy = new(() => FaultProxy.Start(mail.Dovecot));
    private ConsoleSession? _console;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected DovecotServer Dovecot { get; } = mail.Dovecot;

    protected MailUser User { get; } = mail.Dovecot.CreateUser();

    protected FaultProxy Proxy => _proxy.Value;

    protected ConsoleSession Console => _console ?? throw new InvalidOperationException("The test has opened no console.");

    /// <summary>What $Sandbox is: its port is the proxy's.</summary>
    protected SandboxAccess Access => SandboxAccess.For(User) with { Port = Proxy.Port };

    public virtual async ValueTask DisposeAsync()
    {
        if (_console is not null)
        {
            // One that a test has failed in may be in any state.
            if (TestContext.Current.TestState?.Result is TestResult.Passed) consoles.Return(_console);
            else await _console.DisposeAsync();
        }

        if (_proxy.IsValueCreated) await Proxy.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens a console at which the setup has run.</summary>
    protected async Task OpenAsync(string setup = "", int width = 80)
    {
        _console ??= await consoles.TakeAsync(Access, width, Cancellation);
        await Console.SetUpAsync(Access, setup, Cancellation);
        if (_proxy.IsValueCreated) Proxy.Clear();
    }

    /// <summary>Types a statement, waits for the prompt, and expects no error; what the console showed, line by line.</summary>
    protected async Task<IReadOnlyList<string>> TypeAsync(string statement)
    {
        IReadOnlyList<string> output = await Console.RunAsync(statement, Cancellation);
        Assert.True(Console.Errors == 0, $"{statement}\n{string.Join('\n', output)}");
        return output;
    }

    /// <summary>Waits until the line that the cursor is on ends so.</summary>
    protected Task<Screen> WaitForLineAsync(string end) => Console.Terminal.WaitForAsync(
        screen => screen.CursorLine.EndsWith(end, StringComparison.Ordinal), $"A line that ends with '{end}'", Cancellation);

    /// <summary>Answers a question.</summary>
    protected async Task AnswerAsync(string answer)
    {
        await Console.Terminal.TypeAsync(answer, Cancellation);
        await Console.Terminal.PressAsync("Enter", Cancellation);
    }

    protected async Task<int> CountAsync(string folder)
    {
        await using RawImapClient client = await User.ConnectAsync(Cancellation);
        return (await client.UidsAsync(folder, cancellationToken: Cancellation)).Count;
    }
}

using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Scripted;

/// <summary>A server that says what the test tells it to, and an engine with the module imported.</summary>
public abstract class ScriptedTest : IAsyncDisposable
{
    private readonly Lazy<PowerShellEngine> _engine;

    protected ScriptedTest() => _engine = new Lazy<PowerShellEngine>(() => new PowerShellEngine(Options));

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected ScriptedServer Server { get; } = ScriptedServer.Start();

    protected PowerShellEngine Engine => _engine.Value;

    protected virtual EngineOptions Options => new() { NonInteractive = true };

    public virtual async ValueTask DisposeAsync()
    {
        if (_engine.IsValueCreated)
        {
            Engine.Invoke("Remove-Module ImapPS");
            Engine.Dispose();
        }

        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs a script with $port and $credential set.</summary>
    protected EngineResult Run(string script, params (string Name, object? Value)[] variables) =>
        Engine.Invoke(script, Variables(variables));

    protected Task<EngineResult> RunAsync(string script, params (string Name, object? Value)[] variables) =>
        Engine.InvokeAsync(script, Variables(variables), Cancellation);

    /// <summary>Runs a script that is to succeed without a single error.</summary>
    protected IReadOnlyList<PSObject> Succeed(string script, params (string Name, object? Value)[] variables)
    {
        EngineResult result = Run(script, variables);
        Assert.Equal([], result.AllErrors.Select(error => $"{error.FullyQualifiedErrorId}: {error}"));
        return result.Output;
    }

    /// <summary>Connects in clear; nothing is tried again unless the parameters say so.</summary>
    protected EngineResult TryConnect(string parameters = "")
    {
        if (!parameters.Contains("-RetryCount", StringComparison.Ordinal)) parameters += " -RetryCount 0";
        if (!parameters.Contains("-RetryDelaySeconds", StringComparison.Ordinal)) parameters += " -RetryDelaySeconds 0";
        return Run($"Connect-Imap 127.0.0.1 -Port $port -Security None -AllowPlaintext -Credential $credential {parameters}");
    }

    protected void Connect(string parameters = "")
    {
        EngineResult result = TryConnect(parameters);
        Assert.Equal([], result.AllErrors.Select(error => $"{error.FullyQualifiedErrorId}: {error}"));
    }

    /// <summary>Asserts that the one error of a result has this id.</summary>
    protected static ErrorRecord AssertError(EngineResult result, string id)
    {
        ErrorRecord error = Assert.Single(result.AllErrors);
        Assert.Matches($"^{id},ImapPS\\.Commands\\.[A-Za-z]+Command$", error.FullyQualifiedErrorId);
        return error;
    }

    protected IDictionary<string, object?> Variables(params (string Name, object? Value)[] variables)
    {
        var all = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["port"] = Server.Port,
            ["credential"] = new SandboxAccess("127.0.0.1", Server.Port, 0, "", "alice", "secret").Credential,
        };
        foreach ((string name, object? value) in variables) all[name] = value;
        return all;
    }
}

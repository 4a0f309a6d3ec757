using System.Management.Automation;
using System.Security;
using ImapPS.Sandbox;

namespace ImapPS.Tests.OAuth;

/// <summary>
/// A mailbox that tokens open, an authorization server that issues them to its user, and an engine with the module imported.
/// </summary>
public abstract class TokenTest : IAsyncDisposable
{
    /// <summary>How a test connects through the proxy; what proves who it is comes after.</summary>
    protected const string Connect = "Connect-Imap localhost -Port $proxyPort -Security None -AllowPlaintext -RetryDelaySeconds 0 ";

    /// <summary>The parameters of each flow.</summary>
    protected static readonly IReadOnlyDictionary<string, string> Flows = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["browser"] = "-OAuth $issuer -ClientId imapps -Scope mail, offline_access, openid",
        ["device"] = "-OAuth $issuer -ClientId imapps -Scope mail, offline_access, openid -DeviceCode",
        ["secret"] = "-OAuth $issuer -ClientId job -Scope mail -ClientSecret $clientSecret -UserName $user",
        ["certificate"] = "-OAuth $issuer -ClientId job -Scope mail -ClientCertificate $certificate -UserName $user",
    };

    private readonly Lazy<PowerShellEngine> _engine;

    protected TokenTest(TokenServer server)
    {
        TestBrowser.Use();
        Issuer = server.Issuer;
        Dovecot = server.Dovecot;
        User = Dovecot.CreateUser();
        Issuer.User = User.Name;
        Issuer.AccessTokenLifetime = TimeSpan.FromHours(1);
        Issuer.Denies = false;
        Issuer.ApprovesDevices = true;
        Proxy = FaultProxy.Start(Dovecot);
        _engine = new Lazy<PowerShellEngine>(() => new PowerShellEngine(new EngineOptions { NonInteractive = true }));
    }

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected AuthorizationServer Issuer { get; }

    protected DovecotServer Dovecot { get; }

    protected MailUser User { get; }

    protected FaultProxy Proxy { get; }

    protected PowerShellEngine Engine => _engine.Value;

    public virtual async ValueTask DisposeAsync()
    {
        if (_engine.IsValueCreated)
        {
            Engine.Invoke("Remove-Module ImapPS");
            Engine.Dispose();
        }

        await Proxy.DisposeAsync();
        User.Discard();
        GC.SuppressFinalize(this);
    }

    protected EngineResult Run(string script, params (string Name, object? Value)[] variables) =>
        Engine.Invoke(script, Variables(variables));

    protected Task<EngineResult> RunAsync(string script, params (string Name, object? Value)[] variables) =>
        Engine.InvokeAsync(script, Variables(variables), Cancellation);

    protected IReadOnlyList<PSObject> Succeed(string script, params (string Name, object? Value)[] variables)
    {
        EngineResult result = Run(script, variables);
        Assert.True(!result.AllErrors.Any(), string.Join("\n", result.AllErrors.Select(error =>
            $"{error.FullyQualifiedErrorId}: {error}")));
        return result.Output;
    }

    protected static ErrorRecord AssertError(EngineResult result, string id)
    {
        ErrorRecord error = Assert.Single(result.AllErrors);
        Assert.Matches($"^{id},ImapPS\\.Commands\\.[A-Za-z]+Command$", error.FullyQualifiedErrorId);
        Assert.False(string.IsNullOrWhiteSpace(error.ErrorDetails?.RecommendedAction));
        return error;
    }

    protected static T Property<T>(PSObject value, string name) => LanguagePrimitives.ConvertTo<T>(value.Properties[name].Value);

    protected static SecureString Secret(string text) => new System.Net.NetworkCredential("", text).SecurePassword;

    protected static string Message(string subject) =>
        $"From: a@example.org\r\nTo: b@example.net\r\nSubject: {subject}\r\nMessage-ID: <{Guid.NewGuid():N}@example.org>\r\n\r\nHello.\r\n";

    /// <summary>The variables of a script.</summary>
    private Dictionary<string, object?> Variables(params (string Name, object? Value)[] variables)
    {
        var all = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["proxyPort"] = Proxy.Port,
            ["issuer"] = Issuer.Issuer,
            ["user"] = User.Name,
            ["clientSecret"] = Secret(Issuer.ClientSecret),
            ["certificate"] = Issuer.Certificate.Private,
        };
        foreach ((string name, object? value) in variables) all[name] = value;
        return all;
    }
}

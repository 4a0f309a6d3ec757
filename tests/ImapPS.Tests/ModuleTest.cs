using System.Globalization;
using System.Management.Automation;
using System.Security;
using System.Text;
using ImapPS.Sandbox;

namespace ImapPS.Tests;

/// <summary>A mailbox of the test's own, an engine with the module imported, and a proxy between the two.</summary>
public abstract class ModuleTest : IAsyncDisposable
{
    private readonly Lazy<PowerShellEngine> _engine;
    private readonly Lazy<FaultProxy> _proxy;

    protected ModuleTest(MailServer mail)
    {
        Dovecot = mail.Dovecot;
        User = Dovecot.CreateUser();
        _proxy = new Lazy<FaultProxy>(() => FaultProxy.Start(Dovecot));
        _engine = new Lazy<PowerShellEngine>(() => new PowerShellEngine(Options));
    }

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected DovecotServer Dovecot { get; }

    protected MailUser User { get; }

    protected FaultProxy Proxy => _proxy.Value;

    protected PowerShellEngine Engine => _engine.Value;

    protected virtual EngineOptions Options => new() { NonInteractive = true };

    protected PSCredential Credential => CredentialOf(User.Name, User.Password);

    public virtual async ValueTask DisposeAsync()
    {
        if (_engine.IsValueCreated)
        {
            Engine.Invoke("Remove-Module ImapPS");
            Engine.Dispose();
        }

        if (_proxy.IsValueCreated) await Proxy.DisposeAsync();

        // Half a million files, all at once and at the end, would take as long as many a test.
        User.Discard();
        GC.SuppressFinalize(this);
    }

    protected static PSCredential CredentialOf(string user, string password)
    {
        var secret = new SecureString();
        foreach (char c in password) secret.AppendChar(c);
        return new PSCredential(user, secret);
    }

    /// <summary>Runs a script with $server, $tlsPort, $port, $proxyPort, $credential and $thumbprint set.</summary>
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

    /// <summary>Connects through the proxy, in clear, so that the proxy can see and change what is said.</summary>
    protected void Connect(string parameters = "")
    {
        if (!parameters.Contains("-RetryDelaySeconds", StringComparison.Ordinal)) parameters += " -RetryDelaySeconds 0";
        Succeed($"$null = Connect-Imap localhost -Port $proxyPort -Security None -AllowPlaintext -Credential $credential {parameters}");
        Proxy.Clear();
    }

    /// <summary>Asserts that the one error of a result has this id, and is of the cmdlet's table.</summary>
    /// <summary>$id, for another engine: the current session of this one.</summary>
    protected IDictionary<string, object?> SessionId() =>
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["id"] = Succeed("(Get-ImapSession | Where-Object IsDefault).Id")[0] };

    protected static ErrorRecord AssertError(EngineResult result, string id)
    {
        ErrorRecord error = Assert.Single(result.AllErrors);
        Assert.Matches($"^{id},ImapPS\\.Commands\\.[A-Za-z]+Command$", error.FullyQualifiedErrorId);
        Assert.False(string.IsNullOrWhiteSpace(error.ErrorDetails?.RecommendedAction));
        return error;
    }

    protected static T Property<T>(PSObject value, string name) => LanguagePrimitives.ConvertTo<T>(value.Properties[name].Value);

    protected static IEnumerable<string> Subjects(IEnumerable<PSObject> messages) =>
        messages.Select(message => Property<string>(message, "Subject"));

    protected static string Message(string subject, string from = "Alice <alice@example.org>", string to = "bob@example.net",
        string body = "Hello.") =>
        $"From: {from}\r\nTo: {to}\r\nSubject: {subject}\r\nDate: Mon, 02 Mar 2026 10:00:00 +0000\r\nMessage-ID: "
            + $"<{Guid.NewGuid():N}@example.org>\r\n\r\n{body}\r\n";

    /// <summary>PowerShell text: what comes out of a job, a remote session or Import-Clixml for <paramref name="value"/>.</summary>
    protected static string Revived(string value, int depth = 1) =>
        "[System.Management.Automation.PSSerializer]::Deserialize("
        + $"[System.Management.Automation.PSSerializer]::Serialize({value}, {depth}))";

    protected static byte[] Octets(string latin1) => Encoding.Latin1.GetBytes(latin1);

    /// <summary>All messages of a folder, octet for octet, in order.</summary>
    protected async Task<IReadOnlyList<byte[]>> StoredAsync(string folder, MailUser? user = null)
    {
        await using RawImapClient client = await (user ?? User).ConnectAsync(Cancellation);
        (await client.CommandAsync($"EXAMINE {RawImapClient.Quote(folder)}", Cancellation)).EnsureOk("EXAMINE");
        RawResponse response = await client.CommandAsync("FETCH 1:* BODY.PEEK[]", Cancellation);
        return response.IsOk ? response.Literals : [];
    }

    /// <summary>The messages of a folder as FETCH tells their flags and dates.</summary>
    protected async Task<IReadOnlyList<string>> StateAsync(string folder, MailUser? user = null)
    {
        await using RawImapClient client = await (user ?? User).ConnectAsync(Cancellation);
        (await client.CommandAsync($"EXAMINE {RawImapClient.Quote(folder)}", Cancellation)).EnsureOk("EXAMINE");
        RawResponse response = (await client.CommandAsync("FETCH 1:* (FLAGS INTERNALDATE)", Cancellation)).EnsureOk("FETCH");
        return [.. response.Untagged.Where(line => line.Contains(" FETCH ", StringComparison.Ordinal))];
    }

    protected async Task<int> CountAsync(string folder, MailUser? user = null)
    {
        await using RawImapClient client = await (user ?? User).ConnectAsync(Cancellation);
        return (await client.UidsAsync(folder, cancellationToken: Cancellation)).Count;
    }

    /// <summary>What another client says meanwhile, command by command.</summary>
    protected async Task OtherClientAsync(params string[] commands)
    {
        await using RawImapClient client = await User.ConnectAsync(Cancellation);
        foreach (string command in commands) (await client.CommandAsync(command, Cancellation)).EnsureOk(command);
    }

    protected Task ExpungeAsync(string uid) =>
        OtherClientAsync("SELECT INBOX", $"UID STORE {uid} +FLAGS (\\Deleted)", $"UID EXPUNGE {uid}");

    protected static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private Dictionary<string, object?> Variables((string Name, object? Value)[] variables)
    {
        var all = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["server"] = Dovecot.Host,
            ["port"] = Dovecot.Port,
            ["tlsPort"] = Dovecot.TlsPort,
            ["proxyPort"] = Proxy.Port,
            ["credential"] = Credential,
            ["thumbprint"] = Dovecot.CertificateThumbprint,
        };
        foreach ((string name, object? value) in variables) all[name] = value;
        return all;
    }
}

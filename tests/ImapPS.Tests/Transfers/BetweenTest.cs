using ImapPS.Sandbox;
using ImapPS.Tests.Changing;

namespace ImapPS.Tests.Transfers;

/// <summary>A second mailbox, behind a proxy of its own, and a session in $other.</summary>
public abstract class BetweenTest : ChangeTest
{
    private readonly Lazy<FaultProxy> _otherProxy;

    protected BetweenTest(MailServer mail)
        : base(mail)
    {
        Other = Dovecot.CreateUser();
        _otherProxy = new Lazy<FaultProxy>(() => FaultProxy.Start(Dovecot));
    }

    protected MailUser Other { get; }

    /// <summary>The name of its session. Names hold in the whole process, where other tests are under way.</summary>
    protected string OtherName => $"{Other.Name}-there";

    protected FaultProxy OtherProxy => _otherProxy.Value;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_otherProxy.IsValueCreated) await OtherProxy.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Connects to both, so that the first mailbox's session is the current one.</summary>
    protected void ConnectBoth(string parameters = "")
    {
        Succeed(
            $"$other = Connect-Imap localhost -Port $otherPort -Name $name -Security None -AllowPlaintext -Credential "
                + $"$otherCredential -RetryDelaySeconds 0 {parameters}",
            ("name", OtherName),
            ("otherPort", OtherProxy.Port),
            ("otherCredential", CredentialOf(Other.Name, Other.Password)));
        Connect(parameters);
        OtherProxy.Clear();
    }

    protected static IEnumerable<string> Sorted(IEnumerable<byte[]> messages) =>
        messages.Select(System.Text.Encoding.Latin1.GetString).Order(StringComparer.Ordinal);

    protected async Task AssertCountsAsync(string folder, int here, string otherFolder, int there)
    {
        Assert.Equal(here, await CountAsync(folder));
        Assert.Equal(there, await CountAsync(otherFolder, Other));
    }

    protected void AssertNothingWasChangedThere() =>
        Assert.DoesNotContain(OtherProxy.Commands, command => Changing.Contains(command.Verb, StringComparer.Ordinal));
}

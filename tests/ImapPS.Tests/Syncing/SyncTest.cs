using System.Management.Automation;
using ImapPS.Sandbox;
using ImapPS.Tests.Transfers;

namespace ImapPS.Tests.Syncing;

/// <summary>What the tests of Sync-ImapFolder have in common: two mailboxes, and what each of their folders holds.</summary>
public abstract class SyncTest(MailServer mail) : BetweenTest(mail)
{
    private static readonly string[] _changing =
        ["APPEND", "CREATE", "UID STORE", "UID EXPUNGE", "EXPUNGE", "SUBSCRIBE", "UNSUBSCRIBE", "DELETE", "RENAME"];

    private static readonly string[] _ofDifferences = ["Kind", "Uid", "DestinationUid", "MessageId"];

    private static readonly string[] _told = ["Folder", "Copied", "FlagsChanged", "Removed", "DifferenceCount"];

    /// <summary>Synchronizes, without a single error; returns the reconciliation.</summary>
    protected IReadOnlyList<PSObject> Sync(string parameters = "") => Succeed($"Sync-ImapFolder -ToSession $other {parameters}");

    protected static void AssertEqual(IEnumerable<PSObject> results) =>
        Assert.All(results, result => Assert.True(Property<bool>(result, "IsEqual"), result.ToString()));

    /// <summary>A line for each folder: Copied FlagsChanged Removed DifferenceCount.</summary>
    protected static IEnumerable<string> Done(IEnumerable<PSObject> results) => results.Select(result => string.Join(' ',
        _told.Select(name => Property<string>(result, name))));

    /// <summary>A line for each difference: kind, UIDs here and there, Message-ID.</summary>
    protected static IEnumerable<string> Differences(IEnumerable<PSObject> results) => results
        .SelectMany(result => LanguagePrimitives.GetEnumerable(result.Properties["Differences"].Value).Cast<object>())
        .Select(difference => PSObject.AsPSObject(difference))
        .Select(difference => string.Join(' ', _ofDifferences
            .Select(name => Property<string>(difference, name))));

    /// <summary>The messages of a folder, in an order that does not depend on their UIDs: octets, flags, keywords, dates.</summary>
    protected async Task<IReadOnlyList<string>> ContentsAsync(string folder, MailUser user)
    {
        IReadOnlyList<byte[]> octets = await StoredAsync(folder, user);
        IReadOnlyList<string> states = octets.Count == 0 ? [] : await StateAsync(folder, user);
        return HeldMessages.InOrder(octets, states);
    }

    protected async Task AssertSameAsync(string folder, string? there = null) =>
        Assert.Equal(await ContentsAsync(folder, User), await ContentsAsync(there ?? folder, Other));

    protected void AssertNothingChangesThere()
    {
        Assert.DoesNotContain(OtherProxy.Commands, command => _changing.Contains(command.Verb, StringComparer.Ordinal));
        Assert.DoesNotContain(Proxy.Commands, command => _changing.Contains(command.Verb, StringComparer.Ordinal));
    }

    protected async Task OnOtherAsync(params string[] commands) => await CommandsAsync(Other, commands);

    protected async Task OnSourceAsync(params string[] commands) => await CommandsAsync(User, commands);

    private static async Task CommandsAsync(MailUser user, string[] commands)
    {
        await using RawImapClient client = await user.ConnectAsync(Cancellation);
        foreach (string command in commands) (await client.CommandAsync(command, Cancellation)).EnsureOk(command);
    }
}

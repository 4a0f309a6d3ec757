using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using MailKit.Net.Imap;

namespace ImapPS.Sessions;

/// <summary>Says to the server what program we are (RFC 2971). Some servers open no folder for a client that does not.</summary>
internal static class ClientInfo
{
    private static readonly string _version = typeof(ClientInfo).Assembly.GetName().Version!.ToString(3);

    /// <summary>What is said unless somebody wants it otherwise.</summary>
    public static IReadOnlyDictionary<string, string?> Default { get; } =
        new Dictionary<string, string?>(System.StringComparer.Ordinal) { ["name"] = "ImapPS", ["version"] = _version };

    /// <summary>Says it, if the server wants to know. Without a field there is nothing to say.</summary>
    public static async Task SendAsync(ImapClient client, IReadOnlyDictionary<string, string?> fields,
        CancellationToken cancellationToken)
    {
        if (fields.Count == 0 || !client.Capabilities.HasFlag(ImapCapabilities.Id)) return;

        var implementation = new ImapImplementation();
        foreach (KeyValuePair<string, string?> field in fields) implementation.Properties[field.Key] = field.Value;
        try
        {
            await client.IdentifyAsync(implementation, cancellationToken).ConfigureAwait(false);
        }
        catch (ImapCommandException)
        {
            // It is a courtesy.
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Sessions;
using MailKit.Net.Imap;

namespace ImapPS.Administration;

/// <summary>Asks for the namespaces (RFC 2342), and tells which one a folder is in.</summary>
internal static class NamespaceReader
{
    private static readonly ImapNamespaceKind[] _kinds =
        [ImapNamespaceKind.Personal, ImapNamespaceKind.Others, ImapNamespaceKind.Shared];

    /// <summary>The namespaces, as the server tells them now.</summary>
    public static Task<IReadOnlyList<ImapNamespace>> ReadAsync(MailboxAccess mailbox, CancellationToken cancellationToken) =>
        mailbox.RunAsync(
            async (client, abort) => client.Capabilities.HasFlag(ImapCapabilities.Namespace)
                ? await AskAsync(client, mailbox.SessionId, abort).ConfigureAwait(false)
                : throw Failures.NoNamespaces(),
            cancellationToken);

    /// <summary>The kind of the folders beside which a path is: of two prefixes that it begins with, the longer one counts.</summary>
    public static ImapNamespaceKind KindOf(string path, IReadOnlyList<ImapNamespace> namespaces) =>
        namespaces.Where(one => IsIn(path, one)).OrderByDescending(one => one.Prefix.Length)
            .Select(one => one.Kind).FirstOrDefault();

    private static bool IsIn(string path, ImapNamespace one) => path.StartsWith(one.Prefix, StringComparison.Ordinal)
        || (one.Delimiter.Length > 0 && path + one.Delimiter == one.Prefix);

    private static async Task<IReadOnlyList<ImapNamespace>> AskAsync(ImapClient client, int session, CancellationToken abort)
    {
        Answers answers = await ((StreamingClient)client).HearAsync('N', () => DirectCommand.SendAsync(client, "NAMESPACE", [], abort))
            .ConfigureAwait(false);
        return
        [
            .. from answer in answers.Of("NAMESPACE")
               from kind in _kinds.Zip(answer, (kind, part) => (kind, part))
               from described in kind.part.Items
               where described.Items.Count > 1
               select new ImapNamespace
               {
                   SessionId = session,
                   Kind = kind.kind,
                   Prefix = described.Items[0].Path,
                   Delimiter = described.Items[1].Text,
               },
        ];
    }
}

using ImapPS.Models;

namespace ImapPS.Errors;

/// <content>Errors about namespaces, quotas, permissions and metadata.</content>
internal static partial class Failures
{
    public static ImapException NoNamespaces() =>
        NotSupported("tell its namespaces", "NAMESPACE", "Get-ImapFolder lists the folders. All of them are the user's own.");

    public static ImapException NoQuotas() =>
        NotSupported("tell quotas", "QUOTA (RFC 9208)", "The provider's own pages may show how much of the mailbox is used.");

    public static ImapException QuotaResourceInvalid(string resource) =>
        ArgumentInvalid($"'{DisplayText.Printable(resource)}' cannot be the name of a resource.",
            "Give STORAGE, MESSAGE, or another resource that Get-ImapQuota shows.", resource);

    public static ImapException QuotaLimitInvalid(long limit) =>
        ArgumentInvalid($"{Number(limit)} cannot be a limit.", "Give a number from 0 on. $null removes the limit.", limit);

    public static ImapException NoAccessLists() =>
        NotSupported("tell or change rights", "ACL (RFC 4314)", "The provider's own pages may offer to share folders.");

    public static ImapException NoRightsGiven() =>
        ArgumentInvalid("No rights are given.", "Give -Rights, -Add or -Remove.");

    public static ImapException NotAPermission(string command, object given) =>
        ArgumentInvalid($"{command} takes rights to folders from the pipeline, but was given another object. Nothing was done for it.",
            "Pipe the output of Get-ImapFolderPermission, or rows with Folder, Identifier and Letters. With -Identifier, pipe folders.",
            given);
}

using ImapPS.Models;

namespace ImapPS.Errors;

/// <content>Errors about namespaces, quotas, permissions and metadata.</content>
internal static partial class Failures
{
    public static ImapException NoNamespaces() =>
        NotSupported("tell its namespaces", "NAMESPACE", "Get-ImapFolder lists the folders. All of them are the user's own.");
}

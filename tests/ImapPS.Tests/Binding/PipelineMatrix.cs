namespace ImapPS.Tests.Binding;

/// <summary>
/// Every emitted type, piped into every cmdlet. A cell tells what comes of it: b, it is bound and the cmdlet does its work; r, it is
/// refused before anything is sent; e, it is bound, and the error is about what it names; n, it is passed over. One letter stands for all
/// forms of the object; six are live, Clixml, CSV, JSON, Select-Object, hashtable.
/// </summary>
internal static class PipelineMatrix
{
    /// <summary>The cells: a line for each cmdlet, a column for each type.</summary>
    public const string Table = """
        |                             | String | ImapSession | ImapServer | ImapFolder | ImapMessage | ImapMessageContent | ImapDuplicate | ImapMeasure | ImapFolderEvent | JournalLine | ImapChangeSummary | ImapAttachment | ImapAddress | ImapHeader | FileInfo | ImapConnectionStep | ImapAccessToken | ImapNamespace | ImapQuota | ImapFolderPermission | ImapMetadata | ImapCommandResult | ImapFolderBackup | ImapFolderRestore | ImapBackupTest | ImapSyncAction | ImapSyncResult |
        | Connect-Imap                | eerrrr | r           | r          | r          | r           | r                  | r             | r           | r               | r           | r                 | r              | r           | r          | r        | r                  | eerree          | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Use-ImapSession             | eerrrr | r           | r          | r          | r           | r                  | r             | r           | r               | r           | r                 | r              | r           | r          | r        | r                  | eerree          | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Test-ImapConnection         | bbrrrr | r           | r          | r          | r           | r                  | r             | r           | r               | r           | r                 | r              | r           | r          | r        | r                  | bbrrbb          | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Resolve-ImapServer          | r      | r           | r          | r          | r           | r                  | r             | r           | r               | r           | r                 | r              | eerrer      | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Test-ImapBackup             | r      | r           | r          | r          | r           | r                  | r             | r           | r               | r           | r                 | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Disconnect-Imap             | eerrrr | b           | r          | r          | r           | r                  | r             | r           | r               | r           | r                 | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Select-ImapSession          | eerrrr | b           | r          | r          | r           | r                  | r             | r           | r               | r           | r                 | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Get-ImapSession             | eerrrr | b           | r          | b          | b           | b                  | b             | b           | b               | r           | r                 | r              | r           | r          | r        | r                  | r               | b             | b         | b                    | b            | b                 | b                | b                 | r              | r              | r              |
        | Get-ImapAccessToken         | r      | r           | r          | r          | r           | r                  | r             | r           | r               | r           | r                 | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Get-ImapFolder              | bbrrrr | b           | r          | b          | r           | r                  | r             | r           | r               | r           | nnrrnr            | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Sync-ImapFolder             | bbrrrr | b           | r          | b          | r           | r                  | r             | r           | r               | r           | nnrrnr            | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Watch-ImapFolder            | bbrrrr | b           | r          | b          | r           | r                  | r             | r           | r               | r           | nnrrnr            | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | New-ImapFolder              | bbrrrr | r           | r          | b          | r           | r                  | r             | r           | r               | r           | nnrrnr            | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Rename-ImapFolder           | bbrrrr | r           | r          | b          | r           | r                  | r             | r           | r               | r           | nnrrnr            | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Set-ImapFolder              | bbrrrr | r           | r          | b          | r           | r                  | r             | r           | r               | r           | nnrrnr            | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Clear-ImapFolder            | bbrrrr | r           | r          | b          | r           | r                  | r             | r           | r               | r           | nnrrnr            | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Remove-ImapFolder           | bbrrrr | r           | r          | b          | r           | r                  | r             | r           | r               | r           | nnrrnr            | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Get-ImapNamespace           | r      | r           | r          | r          | r           | r                  | r             | r           | r               | r           | r                 | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Restore-ImapFolder          | r      | r           | r          | r          | r           | r                  | r             | r           | r               | r           | r                 | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Get-ImapQuota               | bbrrrr | b           | r          | b          | r           | r                  | r             | r           | r               | r           | nnrrnr            | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Set-ImapQuota               | r      | r           | r          | r          | r           | r                  | r             | r           | r               | r           | r                 | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Get-ImapFolderPermission    | bbrrrr | b           | r          | b          | r           | r                  | r             | r           | r               | r           | nnrrnr            | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Set-ImapFolderPermission    | bbrrrr | r           | r          | b          | r           | r                  | r             | r           | r               | r           | nnrrnr            | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Remove-ImapFolderPermission | bbrrrr | r           | r          | b          | r           | r                  | r             | r           | r               | r           | nnrrnr            | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Get-ImapMetadata            | bbrrrr | b           | r          | b          | r           | r                  | r             | r           | r               | r           | nnrrnr            | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Set-ImapMetadata            | bbrrrr | b           | r          | b          | r           | r                  | r             | r           | r               | r           | nnrrnr            | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Invoke-ImapCommand          | bbrrrr | b           | r          | b          | r           | r                  | r             | r           | r               | r           | nnrrnr            | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Find-ImapDuplicate          | bbrrrr | b           | r          | b          | r           | r                  | r             | r           | r               | r           | nnrrnr            | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Backup-ImapFolder           | bbrrrr | b           | r          | b          | r           | r                  | r             | r           | r               | r           | nnrrnr            | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Measure-ImapFolder          | bbrrrr | b           | r          | b          | r           | r                  | r             | r           | r               | r           | nnrrnr            | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Export-ImapReport           | bbrrrr | b           | r          | b          | r           | r                  | r             | r           | r               | r           | nnrrnr            | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Get-ImapMessage             | bbrrrr | b           | r          | b          | b           | b                  | b             | b           | b               | b           | nnrrnr            | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Wait-ImapMessage            | bbrrrr | b           | r          | b          | r           | r                  | r             | r           | r               | r           | r                 | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Assert-ImapMessage          | bbrrrr | b           | r          | b          | r           | r                  | r             | r           | r               | r           | r                 | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Get-ImapMessageContent      | r      | r           | r          | r          | b           | b                  | b             | r           | b               | b           | nnrrnr            | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Set-ImapMessage             | r      | r           | r          | r          | b           | b                  | b             | r           | b               | b           | nnrrnr            | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Copy-ImapMessage            | r      | r           | r          | r          | b           | b                  | b             | r           | b               | b           | nnrrnr            | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Move-ImapMessage            | r      | r           | r          | r          | b           | b                  | b             | r           | b               | b           | nnrrnr            | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Remove-ImapMessage          | r      | r           | r          | r          | b           | b                  | b             | r           | b               | b           | nnrrnr            | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Save-ImapMessage            | r      | r           | r          | r          | b           | b                  | b             | r           | b               | b           | nnrrnr            | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Save-ImapAttachment         | r      | r           | r          | r          | b           | b                  | b             | r           | b               | b           | nnrrnr            | r              | r           | r          | r        | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        | Import-ImapMessage          | eerrrr | r           | r          | r          | r           | r                  | r             | r           | r               | r           | r                 | r              | r           | r          | bbbbbr   | r                  | r               | r             | r         | r                    | r            | r                 | r                | r                 | r              | r              | r              |
        """;

    private static readonly IReadOnlyList<string[]> _lines =
        [.. Table.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Trim().Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())];

    /// <summary>
    /// How each cmdlet is called. What is in brackets is for cells in which the object is bound: nothing may be lost there.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Calls { get; } = new[]
    {
        "Connect-Imap localhost -Port $proxyPort -Security None -AllowPlaintext -Credential $credential",
        "Use-ImapSession localhost -Port $proxyPort -Security None -AllowPlaintext -Credential $credential -ScriptBlock { }",
        "Test-ImapConnection localhost -Port $proxyPort -Security None -AllowPlaintext -Quiet",
        "Resolve-ImapServer -DnsServer 127.0.0.1:9 -TimeoutSeconds 1",
        "Disconnect-Imap",
        "Select-ImapSession -PassThru",
        "Get-ImapSession",
        "Get-ImapAccessToken -OAuth http://127.0.0.1:1/ -ClientId none",
        "Get-ImapFolder",
        "Sync-ImapFolder -ToSession $second [-WhatIf]",
        "Watch-ImapFolder -TimeoutSeconds 0",
        "New-ImapFolder -Force",
        "Rename-ImapFolder -NewName Renamed [-WhatIf]",
        "Set-ImapFolder -Subscribed $true -PassThru",
        "Clear-ImapFolder -Force -Confirm:$false [-WhatIf]",
        "Remove-ImapFolder -Force -Recurse -Confirm:$false [-WhatIf]",
        "Get-ImapNamespace",
        "Get-ImapQuota",
        "Set-ImapQuota a -Limit 1GB",
        "Get-ImapFolderPermission",
        "Set-ImapFolderPermission -Identifier bob -Rights Reader [-WhatIf]",
        "Remove-ImapFolderPermission -Identifier b* [-WhatIf]",
        "Get-ImapMetadata",
        "Set-ImapMetadata -Entry /private/comment -Value x -PassThru",
        "Invoke-ImapCommand NOOP",
        "Find-ImapDuplicate",
        "Backup-ImapFolder -Path $files/backup",
        "Restore-ImapFolder -Path $files/backup",
        "Test-ImapBackup $files/backup",
        "Measure-ImapFolder",
        "Export-ImapReport $files/report.html -Force",
        "Get-ImapMessage",
        "Wait-ImapMessage -TimeoutSeconds 0",
        "Assert-ImapMessage -AtLeast 1",
        "Get-ImapMessageContent",
        "Set-ImapMessage -Flagged [-WhatIf -MaxPercent 100]",
        "Copy-ImapMessage Archive [-WhatIf]",
        "Move-ImapMessage Archive [-WhatIf]",
        "Remove-ImapMessage -Permanent -Force -Confirm:$false [-WhatIf -MaxPercent 100]",
        "Save-ImapMessage $files -Force",
        "Save-ImapAttachment $files -Force",
        "Import-ImapMessage INBOX [-WhatIf]",
    }.ToDictionary(call => call.Split(' ')[0], StringComparer.Ordinal);

    /// <summary>The types, as the head of the table names them.</summary>
    public static IReadOnlyList<string> Types { get; } = [.. _lines[0].Skip(1)];

    /// <summary>The cmdlets, as the lines of the table name them.</summary>
    public static IReadOnlyList<string> Cmdlets { get; } = [.. _lines.Skip(1).Select(line => line[0])];

    /// <summary>What is to come of an object.</summary>
    public static char Expected(string cmdlet, string type, int form)
    {
        string cell = _lines.First(line => line[0] == cmdlet)[Array.IndexOf(_lines[0], type)];
        return cell.Length == 1 ? cell[0] : cell[form];
    }
}

using System.IO;
using System.Management.Automation;

namespace ImapPS.Pipeline;

/// <summary>Files as Get-Item emits them: by these properties they bind to -LiteralPath of other cmdlets, and group in a table.</summary>
internal static class FileItem
{
    private const string Provider = @"Microsoft.PowerShell.Core\FileSystem::";

    public static PSObject Of(FileInfo file)
    {
        var item = new PSObject(file);
        item.Properties.Add(new PSNoteProperty("PSPath", Provider + file.FullName));
        item.Properties.Add(new PSNoteProperty("PSParentPath", Provider + file.DirectoryName));
        item.Properties.Add(new PSNoteProperty("PSChildName", file.Name));
        item.Properties.Add(new PSNoteProperty("PSIsContainer", value: false));
        return item;
    }
}

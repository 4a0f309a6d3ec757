using System.IO;
using System.Management.Automation;

namespace ImapPS.Pipeline.Files;

/// <summary>Files as Get-Item emits them: with all that their views and other cmdlets look for.</summary>
internal static class FileItem
{
    private const string Provider = @"Microsoft.PowerShell.Core\FileSystem::";

    /// <summary>What the provider has for the file. On the pipeline thread.</summary>
    public static PSObject Of(FileInfo file, PSCmdlet cmdlet)
    {
        // By a path of its drive, as a user would name it; elsewhere than in the file system that path would mean something else.
        string path = cmdlet.SessionState.Path.CurrentLocation.Provider.Name == "FileSystem" ? file.FullName : Provider + file.FullName;
        try
        {
            foreach (PSObject item in cmdlet.InvokeProvider.Item.Get([path], force: true, literalPath: true)) return item;
        }
        catch (ItemNotFoundException)
        {
            // Someone has moved it on already.
        }

        return new PSObject(file);
    }
}

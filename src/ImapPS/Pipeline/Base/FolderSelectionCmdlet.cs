using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using ImapPS.Binding;
using ImapPS.Models;
using ImapPS.Pipeline.Changing;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Base;

/// <summary>A cmdlet that changes the folders that it is given, of which there may be many.</summary>
public abstract class FolderSelectionCmdlet : FolderChangeCmdlet
{
    /// <summary>
    /// Specifies the folders: paths, which may contain wildcards, or folder objects. A folder object is changed only if it is still the
    /// same folder, by its UIDVALIDITY.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Path")]
    [ValidateNotNullOrEmpty]
    [FolderTransformation]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath[] Path { get; set; } = [];

    /// <summary>Specifies the paths of the folders. No character is a wildcard.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath")]
    [ValidateNotNullOrEmpty]
    [FolderTransformation(Literal = true)]
    [Alias("PSPath", "LP")]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath[] LiteralPath { get; set; } = [];

    /// <summary>What was given, either way, with its sessions.</summary>
    private protected IEnumerable<(FolderPath Folder, SessionConnection Session)> Asked => Accepted(Path.Concat(LiteralPath));
}

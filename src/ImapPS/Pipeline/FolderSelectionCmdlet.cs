using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using ImapPS.Completion;
using ImapPS.Models;

namespace ImapPS.Pipeline;

/// <summary>A cmdlet that changes the folders that it is given, of which there may be many.</summary>
public abstract class FolderSelectionCmdlet : FolderChangeCmdlet
{
    /// <summary>The folders: paths, with wildcards if you like, or folder objects. A folder object is changed only if it is still the same folder, by its UIDVALIDITY.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Path")]
    [ValidateNotNullOrEmpty]
    [FolderTransformation]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath[] Path { get; set; } = [];

    /// <summary>The paths of the folders, in which no character is a wildcard.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "Folder")]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>What was given, either way.</summary>
    private protected IEnumerable<FolderPath> Asked => Path.Concat(LiteralPath.Select(path => new FolderPath(path, sessionId: null, uidValidity: null)));
}

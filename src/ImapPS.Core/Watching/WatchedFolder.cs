namespace ImapPS.Watching;

/// <summary>One of the folders of a watch.</summary>
/// <param name="State">What has been told of it.</param>
/// <param name="Signals">What the server tells of it.</param>
internal sealed record WatchedFolder(FolderState State, FolderSignals Signals)
{
    public string Path => State.Path;
}

using System.Collections.Generic;

namespace ImapPS.Watching;

/// <summary>What a server told of a folder.</summary>
/// <param name="IsOpened">True when the folder was opened anew: nobody told of what happened before.</param>
/// <param name="IsCounted">True when messages may have come.</param>
/// <param name="IsExpunged">True when messages were expunged, of which it did not say the UIDs.</param>
/// <param name="IsChanged">True when messages have other flags.</param>
/// <param name="Vanished">The UIDs of messages that are gone.</param>
internal sealed record FolderSignal(bool IsOpened, bool IsCounted, bool IsExpunged, bool IsChanged, HashSet<uint> Vanished);

using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using ImapPS.Errors;

namespace ImapPS.Transfers;

/// <summary>A message to download.</summary>
/// <param name="Uid">Its UID.</param>
/// <param name="Size">Its RFC822.SIZE, or 0.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MessageSize(uint Uid, long Size);

/// <summary>What became of one batch.</summary>
/// <param name="Finished">The messages for which the caller's done has returned.</param>
/// <param name="Failed">The messages for which one of the caller's own steps threw.</param>
/// <param name="Missing">The messages that are not there.</param>
internal sealed record DownloadResult(IReadOnlyList<uint> Finished, IReadOnlyList<DownloadFailure> Failed, IReadOnlyList<uint> Missing);

/// <summary>A message that the caller could not take.</summary>
/// <param name="Uid">Its UID.</param>
/// <param name="Exception">What its open, its stream or its done threw.</param>
internal sealed record DownloadFailure(uint Uid, Exception Exception)
{
    /// <summary>The error of this module that it is; what is none is made one.</summary>
    public ImapException AsError(Func<Exception, ImapException> make) => Exception as ImapException ?? make(Exception);
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Reading;
using MailKit;

namespace ImapPS.Changing;

/// <summary>
/// What a folder keeps of the flags and keywords of messages that come to it (PERMANENTFLAGS, RFC 9051, 7.1). The rest is left out of
/// the APPEND, which a server could refuse for it, and told of in a warning.
/// </summary>
internal sealed class KeptFlags(MailboxAccess mailbox, TransferDestination destination)
{
    private readonly HashSet<string> _lost = new(StringComparer.OrdinalIgnoreCase);
    private MessageFlags _flags;
    private HashSet<string> _keywords = [];

    /// <summary>Asks the server. EXAMINE would not do: no flag of a folder that is read only is permanent.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await mailbox.InFolderAsync(
                destination.Path,
                FolderAccess.ReadWrite,
                destination.IsUntouched ? null : destination.UidValidity,
                (_, folder, _) =>
                {
                    destination.Selected(folder.UidValidity);
                    _flags = folder.PermanentFlags;
                    _keywords = new HashSet<string>(folder.PermanentKeywords, StringComparer.OrdinalIgnoreCase);
                    return Task.FromResult(true);
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (ImapException closed) when (closed.Id == ImapErrorId.PermissionDenied)
        {
            // Whether it takes messages all the same is for the APPEND to say.
            _flags = (MessageFlags)~0;
        }
    }

    /// <summary>The flags that the folder keeps.</summary>
    public ImapMessageFlags Flags => MessageMapping.Flags(_flags);

    /// <summary>The message with the flags and keywords that it will have in the folder.</summary>
    public ImapMessage Of(ImapMessage message)
    {
        ImapMessageFlags flags = message.Flags & MessageMapping.Flags(_flags);
        var keywords = ImapList<string>.Of(message.Keywords.Where(IsKept));
        List<string> lost = [.. Names(message.Flags & ~flags), .. message.Keywords.Where(keyword => !IsKept(keyword))];
        if (lost.Count == 0) return message;

        lost.RemoveAll(name => !_lost.Add(name));
        if (lost.Count > 0) Warn(lost);
        return message.With(flags, keywords, message.ModSeq, message.Labels);
    }

    private static IEnumerable<string> Names(ImapMessageFlags flags) =>
        flags == ImapMessageFlags.None ? [] : flags.ToString().Split(',').Select(name => $"\\{name.Trim()}");

    /// <summary>A flag with a backslash is not for clients to make up (RFC 9051, 2.3.2).</summary>
    private bool IsKept(string keyword) => _keywords.Contains(keyword) || (_flags.HasFlag(MessageFlags.UserDefined) && keyword[0] != '\\');

    private void Warn(IEnumerable<string> lost) => mailbox.Caller.Warning(string.Format(
        CultureInfo.InvariantCulture,
        "The folder '{0}' of '{1}' does not keep {2} (PERMANENTFLAGS). The messages arrive without {2}.",
        DisplayText.Printable(destination.Path),
        mailbox.Session.Handle.Name,
        DisplayText.Printable(string.Join(", ", lost))));
}

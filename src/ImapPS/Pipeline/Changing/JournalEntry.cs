using System;
using System.Linq;
using System.Text.Json.Serialization;
using ImapPS.Changing;
using ImapPS.Models;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Changing;

/// <summary>
/// What the journal says of a message that was changed. Folder, UidValidity and Uid are where it is now, as on a message, so that a
/// line that was read back is one to every cmdlet; a SessionId is not there, since it would mean another session in another process.
/// </summary>
internal sealed record JournalEntry
{
    /// <summary>When the server had confirmed the change.</summary>
    public DateTime Time { get; init; }

    public string Command { get; init; } = string.Empty;

    /// <summary>The account that the message is in now, or was in: user@server:port.</summary>
    public string? Account { get; init; }

    /// <summary>The account that the message came from, when that is another.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FromAccount { get; init; }

    /// <summary>What an imported message was read from.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FromFile { get; init; }

    public string? FromFolder { get; init; }

    public uint? FromUidValidity { get; init; }

    public uint? FromUid { get; init; }

    /// <summary>Null when it is no more.</summary>
    public string? Folder { get; init; }

    public uint? UidValidity { get; init; }

    /// <summary>Null also when the server does not tell.</summary>
    public uint? Uid { get; init; }

    public string? FlagsBefore { get; init; }

    public string? FlagsAfter { get; init; }

    public string[]? KeywordsBefore { get; init; }

    public string[]? KeywordsAfter { get; init; }

    /// <summary>Gmail's; left out where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string[]? LabelsBefore { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string[]? LabelsAfter { get; init; }

    public string MessageId { get; init; } = string.Empty;

    public string Subject { get; init; } = string.Empty;

    public DateTimeOffset? Received { get; init; }

    public long Size { get; init; }

    /// <summary>The message where it is now, or as it was when it is no more.</summary>
    [JsonIgnore]
    public ImapMessage? Message { get; init; }

    public static JournalEntry Of(MessageChange change)
    {
        (ImapMessage before, ImapMessage? after) = (change.Before, change.After);
        string? account = AccountOf((after ?? before).SessionId);
        string? fromAccount = AccountOf(before.SessionId);
        return About(before) with
        {
            Account = account,
            FromAccount = fromAccount == account ? null : fromAccount,
            FromFolder = before.Folder,
            FromUidValidity = before.UidValidity,
            FromUid = before.Uid,
            Folder = change.Folder,
            UidValidity = after?.UidValidity,
            Uid = after?.Uid,
            FlagsBefore = FlagsOf(before),
            FlagsAfter = FlagsOf(after),
            KeywordsBefore = before.IsPartial ? null : [.. before.Keywords],
            KeywordsAfter = after is null or { IsPartial: true } ? null : [.. after.Keywords],
            LabelsBefore = LabelsOf(before),
            LabelsAfter = LabelsOf(after),
            Message = after ?? before,
        };
    }

    /// <param name="arrived">The message in its folder, with the flags that it was sent with.</param>
    /// <param name="file">What it was read from.</param>
    public static JournalEntry OfImport(ImapMessage arrived, string file) => About(arrived) with
    {
        Account = AccountOf(arrived.SessionId),
        FromFile = file,
        Folder = arrived.Folder,
        UidValidity = arrived.UidValidity,
        Uid = arrived.Uid == 0 ? null : arrived.Uid,
        FlagsAfter = arrived.Flags.ToString(),
        KeywordsAfter = [.. arrived.Keywords],
        Message = arrived,
    };

    private static JournalEntry About(ImapMessage message) => new()
    {
        MessageId = message.MessageId,
        Subject = message.Subject,
        Received = message.Received,
        Size = message.Size,
    };

    /// <summary>Null when the session was closed meanwhile: the line must be written all the same.</summary>
    private static string? AccountOf(int? session) =>
        SessionStore.All.Select(open => open.Handle).FirstOrDefault(handle => handle.Id == session) is { } handle
            ? $"{handle.UserName}@{handle.Server}:{handle.Port}" : null;

    private static string? FlagsOf(ImapMessage? message) => message is null or { IsPartial: true } ? null : message.Flags.ToString();

    private static string[]? LabelsOf(ImapMessage? message) => message is { Labels.Count: > 0 } ? [.. message.Labels] : null;
}

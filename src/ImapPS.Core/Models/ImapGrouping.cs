namespace ImapPS.Models;

/// <summary>What messages can be grouped by.</summary>
public enum ImapGrouping
{
    /// <summary>The address of the author (From).</summary>
    Sender,

    /// <summary>The domain of the address of the author, as people read it.</summary>
    Domain,

    /// <summary>The address of a recipient (To and Cc).</summary>
    Recipient,

    /// <summary>The year of receipt, in local time.</summary>
    Year,

    /// <summary>The month of receipt, in local time.</summary>
    Month,

    /// <summary>The day of the week of receipt, in local time.</summary>
    Weekday,

    /// <summary>The hour of receipt, from 00 to 23, in local time.</summary>
    Hour,

    /// <summary>The size: under 10 KB, under 100 KB, under 1 MB, under 10 MB, 10 MB and more.</summary>
    SizeClass,

    /// <summary>The system flags.</summary>
    Flag,

    /// <summary>The keywords, which are flags that users define.</summary>
    Keyword,

    /// <summary>The media types of the attachments.</summary>
    AttachmentType,

    /// <summary>The identifier of the mailing list (List-Id, RFC 2919).</summary>
    ListId,

    /// <summary>The folder.</summary>
    Folder,
}

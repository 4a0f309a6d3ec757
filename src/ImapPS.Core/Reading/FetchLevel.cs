namespace ImapPS.Reading;

/// <summary>How much of a message is asked for. Each level leaves out what the one before leaves out, and more.</summary>
internal enum FetchLevel
{
    All,

    /// <summary>Without EMAILID and THREADID (RFC 8474).</summary>
    NoObjectId,

    /// <summary>Without anything that a message object may do without.</summary>
    NoExtras,

    /// <summary>Without BODYSTRUCTURE: the attachments are read from the message itself.</summary>
    NoStructure,

    /// <summary>Without INTERNALDATE, which may be a date that no calendar has.</summary>
    NoDate,
}

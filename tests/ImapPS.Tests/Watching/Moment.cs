namespace ImapPS.Tests.Watching;

/// <summary>When a message is delivered, as a wait goes.</summary>
internal enum Moment
{
    /// <summary>It is there when the mark is taken, and must not be found.</summary>
    BeforeTheMark,

    BetweenMarkAndWait,

    /// <summary>The wait looks once on the session's connection.</summary>
    DuringTheFirstLook,

    /// <summary>The wait's own connection logs in.</summary>
    WhileConnecting,

    /// <summary>Its own connection examines the folder.</summary>
    DuringSelect,

    /// <summary>The folder is examined, and what is in it is searched.</summary>
    BetweenSelectAndIdle,

    /// <summary>IDLE is on its way to the server.</summary>
    DuringIdleSetUp,

    DuringIdle,

    /// <summary>Another message has ended an IDLE, and the next has not begun.</summary>
    BetweenTwoIdles,

    /// <summary>The connection is cut as IDLE begins, and opened again.</summary>
    WhileReconnecting,

    /// <summary>The server's notice of it breaks off, and the connection with it.</summary>
    AsTheNoticeBreaks,

    /// <summary>The connection breaks while the message is read.</summary>
    AsTheReadingBreaks,
}

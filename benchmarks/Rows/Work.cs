namespace ImapPS.Benchmarks.Rows;

/// <summary>What a row has its tools do.</summary>
internal enum Work
{
    /// <summary>A cold process that connects, searches, and shows ten messages.</summary>
    OneLiner,

    /// <summary>Lists a folder: flags, size, dates, addresses, subject and structure of each message.</summary>
    List,

    /// <summary>Lists a folder and reads sender, subject and date of each message.</summary>
    Read,

    /// <summary>Counts a folder's messages by sender: how many, how large, how many unread, the oldest and the newest.</summary>
    Measure,

    /// <summary>Saves a folder as files.</summary>
    Save,

    /// <summary>Imports files into a folder.</summary>
    Import,

    /// <summary>Finds the half with a word in the subject and moves it.</summary>
    Move,

    /// <summary>Finds the half with a word in the subject and flags it.</summary>
    Flag,
}

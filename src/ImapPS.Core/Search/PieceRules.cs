using System;

namespace ImapPS.Search;

/// <summary>How a text is compared, and where it stands: both say which pieces of it must be found in the header as it was sent.</summary>
[Flags]
internal enum PieceRules
{
    /// <summary>Character by character, in free text.</summary>
    None = 0,

    /// <summary>Upper and lower case are the same, as some culture has them: i is then also written İ, k as U+212A, and s as ſ.</summary>
    FoldsCase = 1,

    /// <summary>In addresses and identifiers, where comments, white space and quotes may stand between the words (RFC 5322, 4.4).</summary>
    IsStructured = 2,

    /// <summary>
    /// As a dictionary would (CompareInfo): digits of all scripts are equal, æ may be ae, and soft hyphens are nothing. Only letters can
    /// be looked for.
    /// </summary>
    IsLinguistic = 4,
}

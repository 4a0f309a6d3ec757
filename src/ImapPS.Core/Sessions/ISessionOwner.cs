namespace ImapPS.Sessions;

/// <summary>Whoever opened a session.</summary>
internal interface ISessionOwner
{
    /// <summary>True when it has ended: nobody can name the session any more but those who hold its object.</summary>
    bool IsGone { get; }
}

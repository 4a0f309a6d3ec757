namespace ImapPS.Models;

/// <summary>What an account needs to log in.</summary>
public enum ImapServerLogin : long
{
    /// <summary>It is not known.</summary>
    Unknown,

    /// <summary>The password of the account.</summary>
    Password,

    /// <summary>A password that the user creates for programs. The password of the account is refused.</summary>
    AppPassword,

    /// <summary>A token (OAuth 2.0). No password is accepted.</summary>
    OAuth,
}

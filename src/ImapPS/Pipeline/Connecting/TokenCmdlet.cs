using ImapPS.Pipeline.Base;

namespace ImapPS.Pipeline.Connecting;

/// <summary>Gets access tokens (RFC 6749): what Connect-Imap and Get-ImapAccessToken have in common.</summary>
public abstract class TokenCmdlet : ImapCmdlet;

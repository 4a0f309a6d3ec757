using System.Management.Automation;
using System.Security;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImapPS.Sandbox;

/// <summary>What a script needs to connect: <c>$Sandbox</c>.</summary>
public sealed record SandboxAccess(string Server, int Port, int TlsPort, string Thumbprint, string UserName, string Password)
{
    /// <summary>Where a console of the sandbox finds the same, as JSON.</summary>
    public const string EnvironmentVariable = "IMAPPS_SANDBOX";

    /// <summary>The address of an authorization server whose tokens the server takes; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Issuer { get; init; }

    /// <summary>None where the server has no TLS at all; null for STARTTLS.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Security { get; init; }

    [JsonIgnore]
    public PSCredential Credential { get; } = new(UserName, Secret(Password));

    public static SandboxAccess For(MailUser user) =>
        new(user.Server.Host, user.Server.Port, user.Server.TlsPort, user.Server.CertificateThumbprint, user.Name, user.Password);

    /// <summary>The same on one line, but for the credential.</summary>
    public string ToJson() => JsonSerializer.Serialize(this);

    private static SecureString Secret(string text)
    {
        var secret = new SecureString();
        foreach (var character in text) secret.AppendChar(character);
        secret.MakeReadOnly();
        return secret;
    }
}

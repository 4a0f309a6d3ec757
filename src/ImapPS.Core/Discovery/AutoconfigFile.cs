using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Linq;
using ImapPS.Models;

namespace ImapPS.Discovery;

/// <summary>
/// A domain's configuration file for mail programs, config-v1.1.xml
/// (https://wiki.mozilla.org/Thunderbird:Autoconfiguration:ConfigFileFormat).
/// </summary>
internal static class AutoconfigFile
{
    private const int MostServers = 20;
    private const int LongestUserName = 320;

    /// <summary>The servers of a file. Those without encryption are left out.</summary>
    /// <exception cref="XmlException">It is not such a file.</exception>
    public static IReadOnlyList<ImapServer> Read(Stream file, MailboxAddress mailbox)
    {
        // Neither a type definition nor an entity nor anything that the file refers to.
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = AutoconfigSource.Largest,
        };
        using var reader = XmlReader.Create(file, settings);
        return [.. XDocument.Load(reader).Descendants("incomingServer")
            .Where(server => (string?)server.Attribute("type") == "imap")
            .Take(MostServers)
            .Select(server => Server(server, mailbox))
            .OfType<ImapServer>()];
    }

    private static ImapServer? Server(XElement element, MailboxAddress mailbox)
    {
        string? host = HostName.Of(Filled(Value(element, "hostname"), mailbox.Text, mailbox.LocalPart, mailbox.Domain));
        ImapSecurity? security = Value(element, "socketType").ToUpperInvariant() switch
        {
            "SSL" => ImapSecurity.Tls,
            "STARTTLS" => ImapSecurity.StartTls,
            _ => null,
        };
        if (host is null || security is null
            || !int.TryParse(Value(element, "port"), NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            || port is < 1 or > 65_535) return null;

        KnownProvider? provider = KnownProviders.OfServer(host, port);
        return new ImapServer(mailbox.Text, host, port, security.Value, ImapServerSource.Autoconfig)
        {
            UserName = UserName(Value(element, "username"), mailbox),
            Provider = provider?.Name ?? string.Empty,
            Login = provider?.Login ?? Login(element),
            Note = provider?.Note ?? string.Empty,
        };
    }

    private static ImapServerLogin Login(XElement element)
    {
        string[] ways = [.. element.Elements("authentication").Select(way => way.Value.Trim())];
        return Array.Exists(ways, way => way.StartsWith("password-", StringComparison.OrdinalIgnoreCase)) ? ImapServerLogin.Password
            : Array.Exists(ways, way => way.Equals("OAuth2", StringComparison.OrdinalIgnoreCase)) ? ImapServerLogin.OAuth
            : ImapServerLogin.Unknown;
    }

    /// <summary>The user name; the address when the file says nothing that can be one.</summary>
    private static string UserName(string text, MailboxAddress mailbox)
    {
        string name = Filled(text, mailbox.Text, mailbox.LocalPart, mailbox.Domain);
        bool asksForMore = Filled(text, string.Empty, string.Empty, string.Empty).IndexOf('%') >= 0;
        return asksForMore || name.Length is 0 or > LongestUserName
            || name.Any(c => char.IsControl(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format)
            ? mailbox.Text : name;
    }

    private static string Filled(string text, string address, string localPart, string domain) => text
        .Replace("%EMAILADDRESS%", address)
        .Replace("%EMAILLOCALPART%", localPart)
        .Replace("%EMAILDOMAIN%", domain);

    private static string Value(XElement element, string name) => element.Element(name)?.Value.Trim() ?? string.Empty;
}

using System.Collections.Generic;
using ImapPS.Content;
using ImapPS.Models;
using MimeKit;

namespace ImapPS.Reading;

/// <summary>The addresses of header fields.</summary>
internal static class Addresses
{
    public static ImapAddressList Of(IEnumerable<Header> fields)
    {
        List<ImapAddress>? addresses = null;
        foreach (Header field in fields)
        {
            addresses ??= [];

            // What cannot be read as addresses is still what the sender wrote there.
            byte[] value = EncodedWords.Mend(field.RawValue);
            if (InternetAddressList.TryParse(ParserOptions.Default, value, out InternetAddressList? list)) Add(list, addresses);
            else if (HeaderText.Value(field).Trim() is { Length: > 0 } text)
            {
                addresses.Add(new ImapAddress(DisplayText.Line(text), string.Empty));
            }
        }

        return addresses is null ? ImapAddressList.Empty : ImapAddressList.Of(addresses);
    }

    private static void Add(InternetAddressList list, List<ImapAddress> addresses)
    {
        foreach (InternetAddress address in list)
        {
            switch (address)
            {
                case MailboxAddress mailbox:
                    addresses.Add(new ImapAddress(DisplayText.Line(mailbox.Name), DisplayText.Line(mailbox.Address)));
                    break;
                case GroupAddress { Members.Count: > 0 } group:
                    Add(group.Members, addresses);
                    break;
                case GroupAddress group:
                    addresses.Add(new ImapAddress(DisplayText.Line(group.Name), string.Empty));
                    break;
            }
        }
    }
}

using System;
using System.Collections.Generic;
using MailKit.Net.Imap;

namespace ImapPS.Sessions;

/// <summary>The names that servers advertise, for the flags that MailKit reads them into (IANA, IMAP capabilities registry).</summary>
internal static class CapabilityNames
{
    private static readonly (ImapCapabilities Flag, string Name)[] _names =
    [
        (ImapCapabilities.IMAP4, "IMAP4"),
        (ImapCapabilities.IMAP4rev1, "IMAP4rev1"),
        (ImapCapabilities.IMAP4rev2, "IMAP4rev2"),
        (ImapCapabilities.Acl, "ACL"),
        (ImapCapabilities.Annotate, "ANNOTATE-EXPERIMENT-1"),
        (ImapCapabilities.AppendLimit, "APPENDLIMIT"),
        (ImapCapabilities.Binary, "BINARY"),
        (ImapCapabilities.Catenate, "CATENATE"),
        (ImapCapabilities.Children, "CHILDREN"),
        (ImapCapabilities.Compress, "COMPRESS=DEFLATE"),
        (ImapCapabilities.CondStore, "CONDSTORE"),
        (ImapCapabilities.Context, "CONTEXT=SEARCH"),
        (ImapCapabilities.Convert, "CONVERT"),
        (ImapCapabilities.CreateSpecialUse, "CREATE-SPECIAL-USE"),
        (ImapCapabilities.Enable, "ENABLE"),
        (ImapCapabilities.ESearch, "ESEARCH"),
        (ImapCapabilities.ESort, "ESORT"),
        (ImapCapabilities.Filters, "FILTERS"),
        (ImapCapabilities.FuzzySearch, "SEARCH=FUZZY"),
        (ImapCapabilities.GMailExt1, "X-GM-EXT-1"),
        (ImapCapabilities.Id, "ID"),
        (ImapCapabilities.Idle, "IDLE"),
        (ImapCapabilities.ListExtended, "LIST-EXTENDED"),
        (ImapCapabilities.ListStatus, "LIST-STATUS"),
        (ImapCapabilities.LiteralMinus, "LITERAL-"),
        (ImapCapabilities.LiteralPlus, "LITERAL+"),
        (ImapCapabilities.ListMyRights, "LIST-MYRIGHTS"),
        (ImapCapabilities.LoginDisabled, "LOGINDISABLED"),
        (ImapCapabilities.LoginReferrals, "LOGIN-REFERRALS"),
        (ImapCapabilities.MailboxReferrals, "MAILBOX-REFERRALS"),
        (ImapCapabilities.Metadata, "METADATA"),
        (ImapCapabilities.MetadataServer, "METADATA-SERVER"),
        (ImapCapabilities.Move, "MOVE"),
        (ImapCapabilities.MultiAppend, "MULTIAPPEND"),
        (ImapCapabilities.MultiSearch, "MULTISEARCH"),
        (ImapCapabilities.Namespace, "NAMESPACE"),
        (ImapCapabilities.Notify, "NOTIFY"),
        (ImapCapabilities.ObjectID, "OBJECTID"),
        (ImapCapabilities.Partial, "PARTIAL"),
        (ImapCapabilities.Preview, "PREVIEW"),
        (ImapCapabilities.QuickResync, "QRESYNC"),
        (ImapCapabilities.Quota, "QUOTA"),
        (ImapCapabilities.Replace, "REPLACE"),
        (ImapCapabilities.SaslIR, "SASL-IR"),
        (ImapCapabilities.SaveDate, "SAVEDATE"),
        (ImapCapabilities.SearchResults, "SEARCHRES"),
        (ImapCapabilities.Sort, "SORT"),
        (ImapCapabilities.SortDisplay, "SORT=DISPLAY"),
        (ImapCapabilities.SpecialUse, "SPECIAL-USE"),
        (ImapCapabilities.StartTLS, "STARTTLS"),
        (ImapCapabilities.StatusSize, "STATUS=SIZE"),
        (ImapCapabilities.Thread, "THREAD"),
        (ImapCapabilities.UidPlus, "UIDPLUS"),
        (ImapCapabilities.Unauthenticate, "UNAUTHENTICATE"),
        (ImapCapabilities.Unselect, "UNSELECT"),
        (ImapCapabilities.UTF8Accept, "UTF8=ACCEPT"),
        (ImapCapabilities.UTF8Only, "UTF8=ONLY"),
        (ImapCapabilities.Within, "WITHIN"),
        (ImapCapabilities.XList, "XLIST"),
    ];

    public static IReadOnlyList<string> Of(ImapClient client)
    {
        var names = new List<string>();
        foreach ((ImapCapabilities flag, string name) in _names)
        {
            if (client.Capabilities.HasFlag(flag)) names.Add(name);
        }

        foreach (string mechanism in client.AuthenticationMechanisms) names.Add("AUTH=" + mechanism);

        names.Sort(StringComparer.Ordinal);
        return names;
    }
}

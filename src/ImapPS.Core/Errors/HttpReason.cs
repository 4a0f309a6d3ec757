using System;
using System.Text.RegularExpressions;
using ImapPS.Models;

namespace ImapPS.Errors;

/// <summary>
/// What is shown of an exception of HttpClient. Its texts repeat the URL of a proxy with the user name and the password, so none of them is
/// shown as it is.
/// </summary>
internal static class HttpReason
{
    private static readonly Regex _userInfo = new(@"://[^\s/]*@", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The innermost reason, without what a URL says of a user. The outer ones say that there is an inner one.</summary>
    public static string Of(Exception failed) => Redact(DisplayText.Printable(failed.GetBaseException().Message));

    /// <summary>A text without the user names and passwords of its URLs.</summary>
    public static string Redact(string text) => _userInfo.Replace(text, "://");

    /// <summary>The exception, for whoever looks closer; null when it tells more than it may.</summary>
    public static Exception? Harmless(Exception? failed) =>
        failed is null || _userInfo.IsMatch(failed.ToString()) ? null : failed;
}

using System.Collections.Generic;
using MimeKit.Text;

namespace ImapPS.Content;

/// <summary>Which HTML elements make a line, and which are not for reading.</summary>
internal static class HtmlElements
{
    /// <summary>Elements that begin on a line of their own: paragraphs, which a blank line parts, text as it stands, and lines.</summary>
    public static IReadOnlyDictionary<HtmlTagId, string> Blocks { get; } = new Dictionary<HtmlTagId, string>
    {
        [HtmlTagId.P] = "p",
        [HtmlTagId.H1] = "p",
        [HtmlTagId.H2] = "p",
        [HtmlTagId.H3] = "p",
        [HtmlTagId.H4] = "p",
        [HtmlTagId.H5] = "p",
        [HtmlTagId.H6] = "p",
        [HtmlTagId.UL] = "p",
        [HtmlTagId.OL] = "p",
        [HtmlTagId.DL] = "p",
        [HtmlTagId.BlockQuote] = "p",
        [HtmlTagId.Table] = "p",
        [HtmlTagId.Pre] = "pre",
        [HtmlTagId.Listing] = "pre",
        [HtmlTagId.Xmp] = "pre",
        [HtmlTagId.PlainText] = "pre",
        [HtmlTagId.LI] = "div",
        [HtmlTagId.DT] = "div",
        [HtmlTagId.DD] = "div",
        [HtmlTagId.TR] = "div",
        [HtmlTagId.Caption] = "div",
        [HtmlTagId.Div] = "div",
        [HtmlTagId.Center] = "div",
        [HtmlTagId.Address] = "div",
        [HtmlTagId.Article] = "div",
        [HtmlTagId.Aside] = "div",
        [HtmlTagId.Section] = "div",
        [HtmlTagId.Header] = "div",
        [HtmlTagId.Footer] = "div",
        [HtmlTagId.Main] = "div",
        [HtmlTagId.Nav] = "div",
        [HtmlTagId.Figure] = "div",
        [HtmlTagId.FigCaption] = "div",
        [HtmlTagId.Form] = "div",
        [HtmlTagId.FieldSet] = "div",
        [HtmlTagId.Details] = "div",
        [HtmlTagId.Summary] = "div",
    };

    /// <summary>Elements whose content is not for reading.</summary>
    public static HashSet<HtmlTagId> Unread { get; } =
    [
        HtmlTagId.Title, HtmlTagId.Script, HtmlTagId.Style, HtmlTagId.NoFrames, HtmlTagId.NoEmbed, HtmlTagId.IFrame, HtmlTagId.Object,
        HtmlTagId.Applet, HtmlTagId.Audio, HtmlTagId.Video, HtmlTagId.Canvas, HtmlTagId.Select, HtmlTagId.DataList,
            HtmlTagId.Map, HtmlTagId.Xml,
    ];

    /// <summary>Elements without content, and so without an end.</summary>
    public static HashSet<HtmlTagId> Void { get; } =
    [
        HtmlTagId.Area, HtmlTagId.Base, HtmlTagId.BaseFont, HtmlTagId.BGSound, HtmlTagId.Br, HtmlTagId.Col,
            HtmlTagId.Command, HtmlTagId.Embed, HtmlTagId.Frame,
        HtmlTagId.HR, HtmlTagId.Image, HtmlTagId.Input, HtmlTagId.IsIndex, HtmlTagId.Keygen, HtmlTagId.Link,
            HtmlTagId.Meta, HtmlTagId.NextId, HtmlTagId.Param,
        HtmlTagId.Source, HtmlTagId.Track, HtmlTagId.Wbr,
    ];
}

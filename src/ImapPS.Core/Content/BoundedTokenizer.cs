using System.IO;
using MimeKit.Text;

namespace ImapPS.Content;

/// <summary>MimeKit's tokenizer, for which a tag of a million attributes is a tag of few.</summary>
internal sealed class BoundedTokenizer(TextReader reader) : HtmlTokenizer(reader)
{
    private const int MostAttributes = 256;

    private readonly HtmlAttribute _surplus = new("x", null);
    private int _attributes;

    /// <inheritdoc/>
    protected override HtmlTagToken CreateTagToken(string name, bool isEndTag = false)
    {
        _attributes = 0;
        return base.CreateTagToken(name, isEndTag);
    }

    /// <inheritdoc/>
    protected override HtmlAttribute CreateAttribute(string name) => ++_attributes > MostAttributes ? _surplus : base.CreateAttribute(name);
}

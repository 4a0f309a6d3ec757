using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Models;
using ImapPS.Reading;
using MailKit.Search;

namespace ImapPS.Search;

/// <summary>Texts of which one header field must hold, or match, at least one.</summary>
/// <param name="Parameter">The parameter that asked.</param>
/// <param name="Field">The header field's name.</param>
/// <param name="Patterns">The texts. An empty one asks for nothing but that the field is there.</param>
internal sealed record HeaderCriterion(string Parameter, string Field, IReadOnlyList<TextPattern> Patterns) : Criterion(Parameter)
{
    private bool IsOwnField => HoldsAddresses || Field == "Subject";

    private bool HoldsAddresses => Field is "From" or "To" or "Cc" or "Bcc";

    public override SearchTerm SearchTerm => new CombinedTerm([.. Patterns.Select(Narrowing)], All: false);

    public override IReadOnlyList<string> HeaderFields => IsOwnField ? [] : [Field];

    // The server has looked for contained texts, in the header as it was sent, and its word stands. Only a choice that mixes them
    // with what the server cannot compare has to be looked at as a whole.
    public override bool IsExact(ServerAbilities server) => Patterns.All(pattern => pattern.IsServers(server, Field));

    public override MessageParts Parts => Field switch
    {
        "From" => MessageParts.From,
        "To" => MessageParts.To,
        "Cc" => MessageParts.Cc,
        "Bcc" => MessageParts.Bcc,
        "Subject" => MessageParts.Subject,
        _ => MessageParts.None,
    };

    public override bool IsMatch(ImapMessage message, ServerAbilities server)
    {
        List<string> forms = [.. Forms(message)];
        List<string> ascii = [.. AddressForms.InAscii(Addresses(message))];
        return Patterns.Any(pattern => pattern.IsMatch(forms) || (pattern.IsOfAsciiDomains && pattern.IsMatch(ascii)));
    }

    public override string Unmet(ImapMessage message) => Shown(message) is { } value
        ? $"{Name} {Quoted.NotLike(Patterns)}, but is {Quoted.Text(value)}" : $"{Name} {Quoted.NotLike(Patterns)}";

    public override double Likeness(ImapMessage message) =>
        TextLikeness.Of(Patterns.Select(pattern => pattern.Text), Forms(message).Concat(AddressForms.InAscii(Addresses(message))));

    /// <summary>The name of the parameter, and of the field where that is another.</summary>
    private string Name => IsOwnField ? Parameter : $"{Parameter} {Field}";

    /// <summary>What the field says; null for one that a report shows anyway, or that is not there.</summary>
    private string? Shown(ImapMessage message) => Field == "Subject" ? null : Forms(message).FirstOrDefault() is { Length: > 0 } value
        ? value : null;

    /// <summary>
    /// A wildcard for domains as servers write them does not narrow: the header may have the other form, which holds none of its letters.
    /// </summary>
    private SearchTerm Narrowing(TextPattern pattern) =>
        pattern.Matches is null ? Contained(pattern.Text)
        : HoldsAddresses && pattern.IsOfAsciiDomains ? SearchTerm.Unknown
        : new TextTerm(Field, LiteralPiece.OfWildcard(pattern.Wildcard, Field == "Subject" ? PieceRules.None : PieceRules.IsStructured));

    /// <summary>A domain is looked for in both of its forms: the server compares the text of the header, which has one of them.</summary>
    private ContainedTerm Contained(string text)
    {
        if (!HoldsAddresses) return new ContainedTerm(Term, text) { Field = Field };

        string unicode = DomainForms.ToUnicode(text);
        string other = unicode == text ? DomainForms.ToAscii(text) : unicode;
        return new ContainedTerm(Term, text) { Field = Field, Alternative = other == text ? null : other };
    }

    private SearchQuery Term(string text) => Field switch
    {
        "From" => SearchQuery.FromContains(text),
        "To" => SearchQuery.ToContains(text),
        "Cc" => SearchQuery.CcContains(text),
        "Bcc" => SearchQuery.BccContains(text),
        "Subject" => SearchQuery.SubjectContains(text),
        _ => SearchQuery.HeaderContains(Field, text),
    };

    private IEnumerable<string> Forms(ImapMessage message) =>
        HoldsAddresses ? AddressForms.Shown(Addresses(message))
        : Field == "Subject" ? [message.Subject]
        : message.Fetched.Where(header => string.Equals(header.Name, Field, StringComparison.OrdinalIgnoreCase))
            .Select(header => header.Value);

    private IReadOnlyCollection<ImapAddress> Addresses(ImapMessage message) => Field switch
    {
        "From" => message.From,
        "To" => message.To,
        "Cc" => message.Cc,
        "Bcc" => message.Bcc,
        _ => [],
    };
}

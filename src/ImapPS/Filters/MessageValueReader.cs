using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using ImapPS.Models;
using ImapPS.Search;

namespace ImapPS.Filters;

/// <summary>Recognises what an expression reads of $_.</summary>
internal static class MessageValueReader
{
    private static readonly string[] _clocks = ["Date", "DateTime", "LocalDateTime", "UtcDateTime"];

    /// <summary>What the expression reads; null when it is not of $_, or nothing that the server knows.</summary>
    public static MessageValue? Read(ExpressionAst expression) => Syntax.Unwrap(expression) switch
    {
        IndexExpressionAst { Index: ConstantExpressionAst { Value: int } } index
            when Read(index.Target) is MessageValue.Text { Shape: TextShape.Addresses } text => text with { Shape = TextShape.Address },
        InvokeMemberExpressionAst => null,
        MemberExpressionAst { Static: false, Member: StringConstantExpressionAst member } of =>
            IsMessage(of.Expression) ? Property(member.Value) : Property(Read(of.Expression), member.Value),
        _ => null,
    };

    /// <summary>True for an expression in which anything depends on the message.</summary>
    public static bool IsAboutMessage(Ast expression) => expression.Find(IsMessage, searchNestedScriptBlocks: true) is not null;

    /// <summary>True for $_ and $PSItem.</summary>
    public static bool IsMessage(Ast ast) => ast is VariableExpressionAst { VariablePath: { IsUnscopedVariable: true, UserPath: var name } }
        && (name.Equals("_", StringComparison.Ordinal) || name.Equals("PSItem", StringComparison.OrdinalIgnoreCase));

    private static MessageValue? Property(string name) =>
        Name(name) is not { } known || !IsNative(new ImapMessage(), known) ? null : known switch
        {
            nameof(ImapMessage.IsRead) => new MessageValue.OneFlag(ImapMessageFlags.Seen),
            nameof(ImapMessage.IsFlagged) => new MessageValue.OneFlag(ImapMessageFlags.Flagged),
            nameof(ImapMessage.Flags) => new MessageValue.AllFlags(),
            nameof(ImapMessage.Keywords) => new MessageValue.Keywords(),
            nameof(ImapMessage.Size) => new MessageValue.Size(),
            nameof(ImapMessage.Uid) => new MessageValue.Uid(),
            nameof(ImapMessage.Received) => new MessageValue.Date(DateField.Received, IsClock: false),
            nameof(ImapMessage.Date) => new MessageValue.Date(DateField.Sent, IsClock: false),
            nameof(ImapMessage.Subject) => new MessageValue.Text("Subject", TextShape.One),
            nameof(ImapMessage.MessageId) => new MessageValue.Text("Message-ID", TextShape.One),
            nameof(ImapMessage.InReplyTo) => new MessageValue.Text("In-Reply-To", TextShape.One),
            nameof(ImapMessage.From) => Addresses("From"),
            nameof(ImapMessage.To) => Addresses("To"),
            nameof(ImapMessage.Cc) => Addresses("Cc"),
            nameof(ImapMessage.ReplyTo) => Addresses("Reply-To"),
            _ => null,
        };

    private static MessageValue? Property(MessageValue? of, string name) => of switch
    {
        MessageValue.Date { IsClock: false } date when _clocks.Contains(name, StringComparer.OrdinalIgnoreCase)
            && IsNative(DateTimeOffset.MinValue, name) => date with { IsClock = true },
        MessageValue.Text { Shape: TextShape.Addresses } text when IsPart(name) => text with { Shape = TextShape.Parts },
        MessageValue.Text { Shape: TextShape.Address } text when IsPart(name) => text with { Shape = TextShape.Part },
        _ => null,
    };

    private static bool IsPart(string name) =>
        (name.Equals(nameof(ImapAddress.Name), StringComparison.OrdinalIgnoreCase)
            || name.Equals(nameof(ImapAddress.Address), StringComparison.OrdinalIgnoreCase))
        && IsNative(new ImapAddress(string.Empty, string.Empty), name)
        && IsNative(ImapAddressList.Empty, name);

    private static MessageValue.Text? Addresses(string field) =>
        IsPlainText(new ImapAddress(string.Empty, string.Empty)) ? new MessageValue.Text(field, TextShape.Addresses) : null;

    private static string? Name(string written) =>
        typeof(ImapMessage).GetProperties().Select(property => property.Name)
            .FirstOrDefault(name => name.Equals(written, StringComparison.OrdinalIgnoreCase));

    /// <summary>False where Update-TypeData has put something else in the property's place.</summary>
    private static bool IsNative(object value, string property) => PSObject.AsPSObject(value).Properties[property] is PSProperty;

    private static bool IsPlainText(object value) => PSObject.AsPSObject(value).Methods[nameof(ToString)] is PSMethod;
}

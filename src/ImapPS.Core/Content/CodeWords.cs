using System;
using System.Text.RegularExpressions;

namespace ImapPS.Content;

/// <summary>The words around one-time codes, and around the numbers that are none, in the languages that such mail comes in.</summary>
internal static class CodeWords
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    /// <summary>Words that speak of a code.</summary>
    public static Regex Announcement { get; } = new(
        @"\b(?:code|codes|passcodes?|pass\scode|pins?|pin-?code|otps?|2fa|mfa|tans?|one[-\s]?time|verification|security\snumber)\b"
        + @"|\b(?:einmal|bestätigungs|sicherheits|zugangs|anmelde|login|verifizierungs|verifikations|prüf|freischalt"
            + @"|aktivierungs|authentifizierungs|pin)-?(?:code|kode|passwort|kennwort|nummer|pin|schlüssel)\b"
        + @"|\b(?:codice|código|codigo|clave|kod|kód|kodu|kode|koodi|κωδικός|wachtwoordcode|toegangscode"
            + @"|verificatiecode|beveiligingscode|engangskode|engångskod|bekräftelsekod|potvrzovací\skód|doğrulama)\b"
        + @"|код(?:а|ом|у)?\b|пароль|验证码|驗證碼|校验码|動態密碼|动态码|確認コード|認証コード|認証番号|確認番号|ワンタイム|パスコード|인증번호|인증\s?코드|رمز|קוד",
        Options,
        _patience);

    /// <summary>Words that speak of a code only when the number stands by itself, or they ask to enter it.</summary>
    public static Regex Occasion { get; } = new(
        @"\b(?:verify|verifying|confirm|confirmation|log\s?in|login|logging\sin|sign[-\s]?in|signing\sin|sign[-\s]?up|authenticate"
            + @"|authentication|activate|password|anmelden|anmeldung|bestätigen|bestätigung|connexion|confirmer"
            + @"|confirmar|confermare|accesso|acceso)\b",
        Options,
        _patience);

    /// <summary>Codes that are printed, sold, sent or shown by machines; what follows such a word is none of ours.</summary>
    public static Regex OtherCode { get; } = new(
        @"\b(?:post|postal|zip|area|country|dialling|dialing|promo|promotion(?:al)?|discount|coupon|voucher|gift|referral|invite|offer"
            + @"|error|exit|status|return|source|bar|qr|http|product|item|colou?r|sort|swift|bank|tax|dress|building"
            + @"|morse|offre|promotionnel)[-\s]?codes?\b"
        + @"|\bcodes?\s(?:postal|promo|of\sconduct|review|base|name)\b|\bcódigo\s(?:postal|promocional)\b"
            + @"|\bcodice\s(?:fiscale|postale|sconto)\b|код\s(?:товара|города)",
        Options,
        _patience);

    /// <summary>Words that say what a number behind them is: something else.</summary>
    public static Regex OtherNumber { get; } = new(
        @"\b(?:order|orders|invoice|receipt|ticket|case|reference|ref|booking|reservation|customer|client|account|member|membership"
            + @"|policy|contract|tracking|shipment|parcel|flight|room|phone|tel|telephone|fax|call|hotline|mobile"
            + @"|zip|version|build|issue|bug|po|vat|iban|article|item|sku|serial|model|page|year|copyright|since|card|ending\sin"
        + @"|bestellung|bestellnummer|rechnung|rechnungsnummer|kundennummer|auftrag|auftragsnummer|vorgang|vorgangsnummer|sendung"
            + @"|sendungsnummer|telefon|konto|kontonummer|plz|commande|facture|client|pedido|factura|ordine|fattura"
            + @"|téléphone|teléfono|telefono)\b|[#№©]|\bno\.|\bnr\.?",
        Options,
        _patience);

    /// <summary>What stands directly before a code that leaves no doubt: "code is", "PIN:", "enter".</summary>
    public static Regex LeadIn { get; } = new(
        @"(?:\b(?:is|are|ist|lautet|est|es|è|jest|er|är|use|using|enter|type|code|codes|passcode|pin|otp|tan|kod"
            + @"|kód|код|código|codice|eingeben|saisissez|introduce)|[:：=＝]|是|为|為|は|는|:)[\s""'`*_“”‘’«»„(\[【「『-]*$",
        Options,
        _patience);

    /// <summary>What may be a code: a number, or groups of letters and digits.</summary>
    public static Regex Candidate { get; } = new(
        @"[A-Z0-9]{1,8}(?:-[A-Z0-9]{2,8}){1,4}|[0-9]{2,4}(?:[ \u00a0][0-9]{2,4}){1,3}|[0-9]{4,8}",
        RegexOptions.CultureInvariant,
        _patience);

    /// <summary>What stands behind a number that is an amount.</summary>
    public static Regex UnitBehind { get; } = new(
        @"^\s?(?:%|€|\$|£|¥|₽|₹|usd|eur|gbp|chf|jpy|sek|nok|dkk|pln|czk|kč|zł|kr|euros?|dollars?|seconds?|secs?|minutes?|mins?|hours?"
            + @"|hrs?|days?|weeks?|months?|years?|sekunden|minuten|stunden|tagen?|heures?|jours?|minutos|horas|°"
            + @"|[kmgt]i?b\b|km|kg|mm|px|points?|punkte|people|users|items|messages|円|元|년|年|月|分)",
        Options,
        _patience);

    /// <summary>"G-123456 is your code".</summary>
    public static Regex NamedBehind { get; } = new(
        @"^\W{0,4}(?:is|ist|est|es|è)\s(?:your|the|ihr|dein|votre|ton|tu|su|il)\b",
        Options,
        _patience);

    /// <summary>What stands before a price.</summary>
    public static Regex CurrencyBefore { get; } = new(
        @"(?:[€$£¥₽₹]|\b(?:usd|eur|gbp|chf|jpy|sek|nok|dkk|pln|czk|rs)\.?)\s?$",
        Options,
        _patience);
}
